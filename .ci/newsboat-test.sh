#!/usr/bin/env bash
# Subscribes newsboat to the service as `npm start` gives it: it must show every item, and a reload must cost a 304.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/checks.sh

work=$(mktemp -d)
service_group=
proxy=
clean_up() {
  trap '' INT TERM
  [ -z "$proxy" ] || kill "$proxy" 2>/dev/null || true
  [ -z "$service_group" ] || kill -KILL -- "-$service_group" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 143' INT TERM

port=$(free_port)
proxy_port=$(free_port)
url=http://127.0.0.1:$port

# serve COMMAND [ARGUMENT …]: in a process group of its own, as a terminal would start it.
serve() {
  set -m
  PORT=$port TRIBUTARY_DATA=$work/data TRIBUTARY_STORE=sqlite:$work/tributary.db \
    "$@" >>"$work/service.log" 2>&1 </dev/null &
  service_group=$!
  set +m
}
ready() { curl -fsS "$url/readyz"; }
# A terminal sends SIGINT to the whole group.
press_ctrl_c() {
  kill -INT -- "-$service_group"
  code=0
  wait "$service_group" || code=$?
}

serve npm start
node .ci/http-log-proxy.mjs "$proxy_port" "$port" >"$work/requests.log" &
proxy=$!

check 'npm start becomes ready' within 60 ready
# Ready means a document for every feed; the page that links them follows a moment later.
check 'the page links a feed' within 10 linked_feed "$url"
path=$(linked_feed "$url" || true)
curl -fsS "$url/$path" >"$work/feed.rss" || true
items=$(xmllint --xpath 'count(//item)' "$work/feed.rss" || echo 0)
check 'the feed has items' at_least 1 "$items"

echo "http://127.0.0.1:$proxy_port/$path" >"$work/urls"
: >"$work/config"
newsboat() {
  HOME=$work command newsboat --url-file="$work/urls" --cache-file="$work/cache.db" --config-file="$work/config" "$@"
}
shows() { newsboat -x print-unread | grep -x "$1 unread articles"; }
# What newsboat keeps is what it shows: every title and link of the feed, each with a body.
same_items() {
  /usr/bin/python3 - "$work/cache.db" "$work/feed.rss" <<'PYTHON'
import sqlite3
import sys
import xml.etree.ElementTree as tree

cache, feed = sys.argv[1:]
rows = sqlite3.connect(cache).execute('select title, url, content from rss_item').fetchall()
shown = sorted((' '.join(title.split()), url) for title, url, _ in rows)
served = sorted(
    (' '.join((item.findtext('title') or '').split()), item.findtext('link') or '')
    for item in tree.parse(feed).iter('item')
)
if shown != served:
    sys.exit(f'only shown: {set(shown) - set(served)}\nonly served: {set(served) - set(shown)}')
if empty := [title for title, _, content in rows if not content.strip()]:
    sys.exit(f'without a body: {empty}')
PYTHON
}

check 'newsboat subscribes' newsboat -x reload
check "newsboat shows $items unread items" shows "$items"
check 'newsboat shows the titles, links and bodies of the feed' same_items
# newsboat saves validators only for a feed that it has already: from the third request on it sends them.
check 'newsboat reloads' newsboat -x reload
check 'newsboat reloads again' newsboat -x reload
check 'the reload answers 304' equal "$(tail -n 1 "$work/requests.log")" "GET /$path conditional 304"
check "newsboat still shows $items unread items" shows "$items"

# What we publish and what we read, as OPML: newsboat imports both.
imports() {
  curl -fsS "$url/$1" >"$work/list.opml"
  : >"$work/imported"
  HOME=$work command newsboat --url-file="$work/imported" --cache-file="$work/imported.db" --config-file="$work/config" -i "$work/list.opml"
  # The samples are files: only feeds have an address that may be told.
  [ "$1" != feeds.opml ] || grep -q '/feeds/.*\.rss' "$work/imported"
}
check 'newsboat imports feeds.opml' imports feeds.opml
check 'newsboat imports sources.opml' imports sources.opml

# The shell that npm starts scripts in ends with 130 after Ctrl-C, whatever its command ends with.
press_ctrl_c
check 'nothing listens after Ctrl-C' fails curl -fsS "$url/healthz"
check 'no process is left after Ctrl-C' fails kill -0 -- "-$service_group"

serve node scripts/node24.mjs src/main.ts serve
check 'starts again with what it had stored' within 60 ready
check 'serves the same bytes again' cmp <(curl -fsS "$url/$path") "$work/feed.rss"
press_ctrl_c
check 'Ctrl-C ends the service with 0' equal "$code" 0
[ "$failed" -eq 0 ] || tail -n 20 "$work/service.log"

finish
