#!/usr/bin/env bash
# Builds the image and runs it as its users should: any user but root, a read-only root, no capabilities, one volume.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/checks.sh
source .ci/containers.sh

.ci/base-image.sh

work=$(mktemp -d)
container=tributary-$$
image=
clean_up() {
  trap '' INT TERM
  {
    podman rm --force --time 1 "$container"
    podman volume rm --force "$container"
    [ -z "$image" ] || podman rmi --force "$image"
  } >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 143' INT TERM

# The official base image trusts public authorities only; npm in the build is to reach what npm here reaches.
{
  echo "registry=$(npm config get registry 2>/dev/null)"
  authorities=$(npm config get cafile 2>/dev/null)
  [ "$authorities" = null ] || echo "cafile=/etc/npm-authorities.pem"
} >"$work/npmrc"
mounts=(--volume "$work/npmrc:/root/.npmrc:ro")
[ "$authorities" = null ] || mounts+=(--volume "$authorities:/etc/npm-authorities.pem:ro")

started=$SECONDS
buildah build --pull-never --format docker "${mounts[@]}" --iidfile "$work/image" . >"$work/build.log" 2>&1 || {
  tail -n 40 "$work/build.log" >&2
  exit 1
}
image=$(cat "$work/image")
echo "image: built in $((SECONDS - started)) s"

port=$(free_port)
url=http://127.0.0.1:$port
# The limits on files and processes are named because podman's own defaults are above what some machines allow.
locked_down=(--network host --read-only --read-only-tmpfs=false --cap-drop=ALL --security-opt no-new-privileges
  --memory 256m --pids-limit 64 --ulimit nofile=4096:4096 --ulimit nproc=4096:4096)

start() { podman run --detach --name "$container" "${locked_down[@]}" --env "PORT=$port" "$@" "$image" >/dev/null; }
briefly() { podman run --rm --timeout 60 "${locked_down[@]}" "$@"; }
healthy() { podman healthcheck run "$container"; }
inside() { podman exec "$container" "$@"; }
ends_with_0() {
  podman stop --time 10 "$container" >/dev/null
  equal "$(podman inspect --format '{{.State.ExitCode}}' "$container")" 0 || { podman logs --tail 20 "$container"; return 1; }
}
cannot_write() { { inside touch "$1/written-by-test" 2>&1 || true; } | grep 'Read-only file system'; }

# Bytes of an image, all its layers; what it has beyond its base is ours.
bytes_of() { podman image inspect --format '{{.Size}}' "$1"; }
beyond_base=$((($(bytes_of "$image") - $(bytes_of docker.io/library/node:24-slim)) / 1000000))
echo "image: $beyond_base MB beyond its base"
logs_json() {
  podman logs "$container" 2>/dev/null >"$work/log"
  equal "$(podman logs "$container" 2>&1 >/dev/null)" '' && at_least 3 "$(wc -l <"$work/log")" &&
    node -e 'for (const line of require("node:fs").readFileSync(process.argv[1], "utf8").trim().split("\n")) JSON.parse(line).event.length' "$work/log"
}

check 'the image has less than 200 MB beyond its base' at_least 1 $((200 - beyond_base))
check 'the image names a user by number, not root' equal "$(podman image inspect --format '{{.Config.User}}' "$image")" 1000
check 'the image has no development dependency and no source' \
  briefly --entrypoint sh "$image" -c '! ls -d /app/node_modules/typescript /app/node_modules/vitest /app/src'
check 'check accepts the configuration in the image' briefly "$image" check

mkdir "$work/config"
cat >"$work/config/tributary.yaml" <<'YAML'
sources:
  - { id: pier, url: pier.xml }
feeds:
  - { id: own, title: Our own feed }
YAML
echo '<rss version="2.0"><channel><title>Pier</title><item><title>Ferry</title></item></channel></rss>' >"$work/config/pier.xml"
chmod -R a+rX "$work"
check 'a folder mounted over /config replaces the samples' \
  briefly --volume "$work/config:/config:ro" --entrypoint sh "$image" \
  -c 'node /app/dist/main.js once --out /data/site && ls /data/site/feeds/own.rss && ! ls /data/site/feeds/city.rss'

start --volume "$container:/data"
check 'becomes healthy' within 30 healthy
healthy >/dev/null 2>&1 || podman logs --tail 20 "$container"
check 'runs as the user 1000' equal "$(inside id -u)" 1000
check 'has no capability' equal "$(inside sed -n 's/^CapEff:\t//p' /proc/1/status)" 0000000000000000
for folder in / /app /config /tmp; do
  check "cannot write in $folder" cannot_write "$folder"
done
check 'writes its log to stdout, a line of JSON for each event' logs_json
check 'tributary is a command in it' inside tributary status
check 'keeps its store in /data' inside sh -c 'find /data -type f -size +0 | grep -q .'

# Ready means a document for every feed; the page that links them follows a moment later.
check 'the page links a feed' within 10 linked_feed "$url"
feed=$url/$(linked_feed "$url" || true)
curl -fsS "$feed" >"$work/first.rss" || true
check 'serves a well-formed feed' xmllint --noout "$work/first.rss"
check 'serves items' at_least 1 "$(xmllint --xpath 'count(//item)' "$work/first.rss" || echo 0)"
etag=$(header ETag "$feed" || true)
check 'serves an ETag' at_least 3 "${#etag}"
check 'ends with 0 on SIGTERM within 10 s' ends_with_0

podman rm "$container" >/dev/null
start --volume "$container:/data"
check 'a new container on the same volume becomes healthy' within 30 healthy
check 'a new container on the same volume serves the same ETag' equal "$(header ETag "$feed" || true)" "$etag"
check 'a new container on the same volume serves the same bytes' cmp <(curl -fsS "$feed") "$work/first.rss"
check 'ends with 0 on SIGTERM a second time' ends_with_0
podman rm "$container" >/dev/null

# Whoever runs it may choose any user, as long as the folder is theirs.
install -d -o 65534 -g 65534 "$work/data"
start --user 65534:65534 --volume "$work/data:/data"
check 'becomes healthy as the user 65534' within 30 healthy
check 'runs as the user 65534' equal "$(inside id -u)" 65534
check 'ends with 0 on SIGTERM as the user 65534' ends_with_0

finish
