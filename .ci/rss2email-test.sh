#!/usr/bin/env bash
# Subscribes rss2email and feedparser to a service: each story is mailed once, whatever is edited, and who has it already gets a 304.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/checks.sh

work=$(mktemp -d)
service=
proxy=
clean_up() {
  trap '' INT TERM
  [ -z "$proxy" ] || kill "$proxy" 2>/dev/null || true
  [ -z "$service" ] || kill -KILL -- "-$service" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 143' INT TERM

# item NUMBER TEXT: of source ‘one’.
item() {
  cat <<XML
<item><title>Story $1</title><link>https://one.example/$1</link><guid>https://one.example/$1</guid>
<pubDate>Thu, 19 Nov 2026 08:3$1:00 GMT</pubDate><description>$2</description></item>
XML
}
# source_one ITEMS: two items, or what came of them.
source_one() {
  echo "<rss version=\"2.0\"><channel><title>The First</title><link>https://one.example/</link><description>d</description>$1</channel></rss>" >"$work/one.xml"
}
source_one "$(item 1 'The first text.')$(item 2 'The second text.')"
# The second carries a story of the first.
cat >"$work/two.xml" <<XML
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Other</title><id>urn:x:two</id><updated>2026-11-19T09:00:00Z</updated>
<link href="https://two.example/"/><author><name>Ada</name></author>
<entry><title>Story 1</title><id>https://one.example/1</id><link href="https://one.example/1"/><updated>2026-11-19T09:00:00Z</updated><summary>The first text.</summary></entry>
<entry><title>Story 3</title><id>urn:x:3</id><link href="https://two.example/3"/><updated>2026-11-19T09:30:00Z</updated><summary>Änderung &amp; Ünïcode.</summary></entry>
</feed>
XML

port=$(free_port)
proxy_port=$(free_port)
url=http://127.0.0.1:$proxy_port
cat >"$work/tributary.yaml" <<YAML
server: { publicUrl: '$url/' }
sources: [{ id: one, url: ./one.xml }, { id: two, url: ./two.xml }]
feeds: [{ id: city, title: The city }]
YAML
export TRIBUTARY_DATA=$work/data TRIBUTARY_STORE=sqlite:$work/tributary.db
tributary() { node scripts/node24.mjs src/main.ts "$@" --config "$work/tributary.yaml"; }
start_service() {
  set -m
  PORT=$port tributary serve >>"$work/service.log" 2>&1 </dev/null &
  service=$!
  set +m
}
has_stories() {
  local story served
  served=$(curl -fsS "http://127.0.0.1:$port/feeds/city.rss")
  for story in "$@"; do grep -q "<title>Story $story" <<<"$served"; done
}

start_service
node .ci/http-log-proxy.mjs "$proxy_port" "$port" >"$work/requests.log" &
proxy=$!
check 'the feed has every story' within 60 has_stories 1 2 3
check 'feeds.opml is there' within 10 curl -fsS -o "$work/feeds.opml" "$url/feeds.opml"

cat >"$work/rss2email.cfg" <<CFG
[DEFAULT]
to = reader@example.org
from = planet@example.org
email-protocol = maildir
maildir-path = $work
maildir-mailbox = mail
CFG
r2e() { HOME=$work command r2e -c "$work/rss2email.cfg" -d "$work/rss2email.json" "$@"; }
# mailed [SUBJECT …]: these and no others have come so far, in the order of their names, each with its link and whose it is.
mailed() {
  /usr/bin/python3 - "$work/mail" "$@" <<'PYTHON'
import email.header
import mailbox
import sys

path, *expected = sys.argv[1:]
found = sorted(
    (str(email.header.make_header(email.header.decode_header(mail['subject']))), mail.get_payload(decode=True).decode(mail.get_content_charset()))
    for mail in mailbox.Maildir(path, create=False)
)
if [subject for subject, _ in found] != expected:
    sys.exit(f'mailed {[subject for subject, _ in found]}\nexpected {expected}')
for subject, body in found:
    number = subject.split()[1]
    for part in ('https://two.example/3' if number == '3' else f'https://one.example/{number}', 'The Other' if number == '3' else 'The First'):
        if part not in body:
            sys.exit(f'{subject}: no {part} in\n{body}')
PYTHON
}
last_request() { equal "$(tail -n 1 "$work/requests.log")" "$1"; }

check 'rss2email subscribes to what feeds.opml lists' r2e opmlimport "$work/feeds.opml"
check 'rss2email runs' r2e run
check 'each story is mailed once, with its link and its source' mailed 'Story 1' 'Story 2' 'Story 3'
check 'rss2email runs again' r2e run
check 'it is answered 304' last_request 'GET /feeds/city.rss conditional 304'
check 'nothing is mailed again' mailed 'Story 1' 'Story 2' 'Story 3'

# An edit of title and text, and a new story; read by a run of `once` while the service is down.
kill -TERM -- "-$service"
wait "$service" || true
# Two programs on one store would publish against each other.
check 'nothing of the service is left' within 15 fails kill -0 -- "-$service"
service=
source_one "$(item 1 'The first text, put right.')$(item 2 'The second text.' | sed 's/Story 2/Story 2, put right/')$(item 4 'The fourth text.')"
check 'once reads the edit' tributary once --out "$work/site"
start_service
check 'the feed has the new story' within 60 has_stories 4 '2, put right'
check 'rss2email runs after an edit' r2e run
check 'only the new story is mailed' mailed 'Story 1' 'Story 2' 'Story 3' 'Story 4'

# feedparser as programs use it: with the ETag alone, the date alone, and both.
conditional() {
  /usr/bin/python3 - "$url/feeds/city.$1" <<'PYTHON'
import sys

import feedparser

url = sys.argv[1]
first = feedparser.parse(url)
if first.bozo or first.status != 200 or len(first.entries) != 4 or not all(entry.get('source') for entry in first.entries if url.endswith('atom')):
    sys.exit(f'{first.get("status")} {first.get("bozo_exception")} {len(first.entries)} entries')
for known in ({'etag': first.etag}, {'modified': first.modified}, {'etag': first.etag, 'modified': first.modified}):
    again = feedparser.parse(url, **known)
    if again.status != 304 or again.entries:
        sys.exit(f'{known}: {again.status}, {len(again.entries)} entries')
other = feedparser.parse(url, etag='"another"')
if other.status != 200 or len(other.entries) != 4:
    sys.exit(f'another ETag: {other.status}')
PYTHON
}
for format in rss atom; do
  check "feedparser reads $format, and gets a 304 by ETag, by date and by both" conditional "$format"
done
[ "$failed" -eq 0 ] || tail -n 20 "$work/service.log"

finish
