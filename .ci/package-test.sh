#!/usr/bin/env bash
# Packs the package, installs it into an empty folder as a user would, and runs its command and its library there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/checks.sh
repository=$PWD

work=$(mktemp -d)
trap 'trap "" INT TERM; rm -rf "$work"' EXIT
trap 'exit 143' INT TERM

# The launcher knows the way to a Node 24, which what is installed needs on the PATH.
machine_node=$(node -p process.execPath)
echo 'console.log(process.execPath)' >"$work/where.mjs"
PATH=$(dirname "$(node scripts/node24.mjs "$work/where.mjs")"):$PATH

npm pack --silent --pack-destination "$work" >/dev/null
mkdir "$work/empty"
cd "$work/empty"
echo '{ "private": true, "type": "module" }' >package.json
npm install --silent "$work"/tributary-*.tgz

cat >reads.ts <<'TYPESCRIPT'
import { readFeed } from 'tributary';

const rss = '<rss version="2.0"><channel><title>News</title><item><title>Ferry</title></item></channel></rss>';
const read = await readFeed(new TextEncoder().encode(rss), { contentType: 'application/rss+xml' });
if (read.items.length !== 1) throw new Error(`${read.items.length} items read`);
TYPESCRIPT

schema_is_json() { npx --no-install tributary schema | node -e 'JSON.parse(require("node:fs").readFileSync(0, "utf8")).properties.feeds.type'; }
exits_with_2() {
  local code=0
  npx --no-install tributary no-such-command || code=$?
  equal "$code" 2
}
types_fit() { "$repository/node_modules/.bin/tsc" --noEmit --strict --module nodenext --target es2024 --types '' reads.ts; }

says_what_it_needs() {
  local code=0 said
  said=$("$machine_node" node_modules/tributary/dist/main.js schema 2>&1) || code=$?
  equal "$code" 1 && equal "$(wc -l <<<"$said")" 1 && grep 'Node 24' <<<"$said"
}

check 'tributary schema prints a JSON Schema' schema_is_json
check 'tributary ends with 2 on an unknown command' exits_with_2
check 'readFeed reads a feed' node reads.ts
check 'the types of readFeed fit' types_fit
if [ "$machine_node" != "$(node -p process.execPath)" ]; then
  check 'an older Node says in one line what is needed' says_what_it_needs
fi
strays=$(find node_modules/tributary -name node_modules -prune -o \
  \( -name '*.test.*' -o -name '*.ts' ! -name '*.d.ts' \) -print)
check 'no test and no TypeScript source is in the package' equal "$strays" ''

finish
