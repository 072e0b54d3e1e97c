#!/bin/sh
# Makes the certificates of the test rig anew: an authority of its own, and certificates it signed. They secure nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\nunique_subject=no\n[p]\ncommonName=supplied\n' \
  "$work" "$work" "$work" >"$work/ca.cnf"
: >"$work/index"
echo 01 >"$work/serial"

key "$work/authority.key"
openssl req -x509 -new -key "$work/authority.key" -subj '/CN=Tributary test authority' -days 36500 -out authority.pem

# name, host, first day, last day
signed() {
  key "$1.key"
  openssl req -new -key "$1.key" -subj "/CN=$2" -addext "subjectAltName=DNS:$2" -out "$work/$1.csr"
  openssl ca -batch -config "$work/ca.cnf" -cert authority.pem -keyfile "$work/authority.key" \
    -startdate "$3" -enddate "$4" -notext -in "$work/$1.csr" -out "$1.pem"
}
signed valid public.test 20200101000000Z 21200101000000Z
signed expired public.test 20200101000000Z 20210101000000Z
signed other-host other.test 20200101000000Z 21200101000000Z
signed localhost localhost 20200101000000Z 21200101000000Z

key self-signed.key
openssl req -x509 -new -key self-signed.key -subj '/CN=public.test' -addext 'subjectAltName=DNS:public.test' \
  -days 36500 -out self-signed.pem
