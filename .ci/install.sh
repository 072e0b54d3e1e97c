#!/usr/bin/env bash
# Installs what .ci/run needs from Debian's packages, as far as it is missing.
set -euo pipefail

# A package stands beside the file that shows it is there: one may have come another way.
wanted="
buildah              /usr/bin/buildah
podman               /usr/bin/podman
runc                 /usr/sbin/runc
debootstrap          /usr/sbin/debootstrap
debian-archive-keyring /usr/share/keyrings/debian-archive-keyring.gpg
ca-certificates      /etc/ssl/certs/ca-certificates.crt
curl                 /usr/bin/curl
libxml2-utils        /usr/bin/xmllint
newsboat             /usr/bin/newsboat
gpodder              /usr/bin/gpo
python3-feedparser   /usr/lib/python3/dist-packages/feedparser/__init__.py
chromium             /usr/bin/chromium
nginx-light          /usr/sbin/nginx
libnginx-mod-http-brotli-static /usr/lib/nginx/modules/ngx_http_brotli_static_module.so
rss2email            /usr/bin/r2e
redis-server         /usr/bin/redis-server
prometheus           /usr/bin/promtool
systemd              /usr/bin/systemd-analyze
postgresql           /usr/bin/pg_ctlcluster
"
missing=()
while read -r package file; do
  [ -z "$package" ] || [ -e "$file" ] || missing+=("$package")
done <<<"$wanted"

if [ "${#missing[@]}" -eq 0 ]; then
  echo "everything is installed"
  exit 0
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"
