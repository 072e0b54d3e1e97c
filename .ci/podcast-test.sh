#!/usr/bin/env bash
# Subscribes gPodder's command line to a feed made of three podcasts: it must know every episode with its file, its length, its own
# picture and its chapters.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/checks.sh

work=$(mktemp -d)
service=
clean_up() {
  trap '' INT TERM
  [ -z "$service" ] || kill -KILL -- "-$service" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 143' INT TERM

podcast() {
  cat >"$work/$1.xml" <<XML
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:psc="http://podlove.org/simple-chapters">
<channel><title>Podcast $1</title><link>https://$1.example/</link><description>d</description><itunes:image href="https://$1.example/cover.jpg"/>
<item><title>Episode of $1</title><guid isPermaLink="false">urn:x:$1</guid><pubDate>Thu, 19 Nov 2026 08:30:00 GMT</pubDate>
<enclosure url="https://$1.example/e.mp3" length="1234" type="audio/mpeg"/>$2</item></channel></rss>
XML
}
podcast one '<itunes:duration>01:02:03</itunes:duration><itunes:image href="https://one.example/7.jpg"/>'
podcast two '<itunes:duration>90</itunes:duration><psc:chapters version="1.2"><psc:chapter start="00:00" title="Start"/></psc:chapters>'
podcast three ''
cat >"$work/tributary.yaml" <<YAML
sources: [{ id: one, url: ./one.xml }, { id: two, url: ./two.xml }, { id: three, url: ./three.xml }]
feeds: [{ id: pod, title: Three podcasts, image: 'https://feeds.example/cover.jpg' }]
YAML

port=$(free_port)
url=http://127.0.0.1:$port/feeds/pod.rss
set -m
PORT=$port TRIBUTARY_DATA=$work/data TRIBUTARY_STORE=memory: \
  node scripts/node24.mjs src/main.ts serve --config "$work/tributary.yaml" >"$work/service.log" 2>&1 </dev/null &
service=$!
set +m
served() { curl -fsS "$url" | grep -q 'Episode of one' && curl -fsS "$url" | grep -q 'Episode of two' && curl -fsS "$url" | grep -q 'Episode of three'; }
client() { GPODDER_HOME=$work/gpodder HOME=$work gpo "$@"; }
episodes() {
  /usr/bin/python3 - "$work/gpodder/Database" <<'PYTHON'
import sqlite3
import sys

found = sqlite3.connect(sys.argv[1]).execute(
    'select guid, url, mime_type, file_size, total_time, episode_art_url, chapters from episode order by guid'
).fetchall()
expected = [
    (f'urn:x:{name}', f'https://{name}.example/e.mp3', 'audio/mpeg', 1234, seconds, f'https://{name}.example/{picture}', chapters)
    for name, seconds, picture, chapters in (
        ('one', 3723, '7.jpg', ''),
        ('three', 0, 'cover.jpg', ''),
        ('two', 90, 'cover.jpg', '[{"start": 0, "title": "Start"}]'),
    )
]
plain = [tuple('' if value in (None, '[]') else value for value in row) for row in found]
if plain != expected:
    sys.exit(f'found {plain}\nexpected {expected}')
PYTHON
}

check 'the feed has an episode of each podcast' within 60 served
check 'gPodder subscribes' client subscribe "$url"
check 'gPodder has every episode with file, length, picture and chapters' episodes
[ "$failed" -eq 0 ] || tail -n 20 "$work/service.log"

finish
