#!/usr/bin/env bash
# Makes a stand-in for docker.io/library/node:24-slim where no image registry can be reached: Debian's minbase, Node 24
# and npm from the npm registry, the user `node` (1000), as the official image has them. It is made once and kept in
# $TRIBUTARY_CI_CACHE (default ~/.cache/tributary-ci) until this script changes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/containers.sh"

recipe=$(sha256sum "${BASH_SOURCE[0]}" | cut -d' ' -f1)
exec 9>"$ci_cache/base-image.lock"
flock 9
made_by=$(podman image inspect --format '{{index .Labels "tributary.recipe"}}' "$base_image" 2>/dev/null || true)
if [ "$made_by" = "$recipe" ]; then
  echo "base image: kept"
  exit 0
fi

work=$(mktemp -d)
root=$work/root
# debootstrap leaves its own mounts behind when it is interrupted.
clean_up() {
  trap '' INT TERM
  for mounted in "$root/proc" "$root/sys"; do
    if mountpoint --quiet "$mounted"; then umount "$mounted"; fi
  done
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 143' INT TERM
arch=$(node -p process.arch)

debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >"$work/debootstrap.log" 2>&1 || {
  tail -n 20 "$work/debootstrap.log" >&2
  exit 1
}
# vfs copies the whole tree for every layer and container: leave out what only a person at a terminal reads.
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/*.log \
  "$root"/usr/share/{doc,info,lintian,locale,man}/*

(cd "$work" && npm pack --silent "node-linux-$arch@24" npm@11 >/dev/null)
tar -xzf "$work"/node-linux-*.tgz -C "$root/usr/local" --strip-components=1 --no-same-owner package/bin/node
mkdir -p "$root/usr/local/lib/node_modules/npm"
tar -xzf "$work"/npm-11*.tgz -C "$root/usr/local/lib/node_modules/npm" --strip-components=1 --no-same-owner
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
chmod +x "$root/usr/local/lib/node_modules/npm/bin/"*.js
chroot "$root" groupadd --gid 1000 node
chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node

tar -C "$root" -c . | podman import --quiet \
  --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
  --change 'CMD ["node"]' \
  --change "LABEL tributary.recipe=$recipe" \
  - "$base_image" >/dev/null
podman image prune --force >/dev/null
echo "base image: made, Node $(chroot "$root" node --version)"
