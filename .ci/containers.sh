# Sourced by the scripts that build or run images. buildah and podman work here without a daemon, systemd, user
# namespaces or an overlay file system, and in a storage of their own: the image that base-image.sh makes bears an
# official name, and must never be found by anything else on the machine.
ci_cache=${TRIBUTARY_CI_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/tributary-ci}
base_image=docker.io/library/node:24-slim

export BUILDAH_ISOLATION=chroot
# Health checks run when a script asks for one, not by a timer of systemd's.
export DISABLE_HC_SYSTEMD=true
# Debian's packages bring no registries.conf and no policy of their own where recommended packages are left out.
export CONTAINERS_REGISTRIES_CONF=$ci_cache/registries.conf

mkdir -p "$ci_cache"
[ -e "$CONTAINERS_REGISTRIES_CONF" ] || : >"$CONTAINERS_REGISTRIES_CONF"

storage=(--storage-driver vfs --root "$ci_cache/storage" --runroot "$ci_cache/run")

buildah() { command buildah "${storage[@]}" "$@"; }
podman() { command podman "${storage[@]}" --runtime runc --cgroup-manager=cgroupfs --events-backend=file "$@"; }
