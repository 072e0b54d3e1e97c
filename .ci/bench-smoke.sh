#!/usr/bin/env bash
# Runs the benchmarks small, so that they keep working. What they measure is judged by people, on a quiet machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/checks.sh

bench() { node scripts/node24.mjs "bench/$1.ts" "${@:2}"; }
loses_no_sample() { bench read-corpus config/samples | grep -E '^tributary +0 '; }

check 'bench/read-corpus reads every sample' loses_no_sample
# Without the corpus beside the project it says so and ends well.
check 'bench/read-corpus differs from feedparser only where that was looked at' bench read-corpus
check 'bench/read-hostile: nothing takes more time than its size explains' bench read-hostile --quick
check 'bench/read-speed runs' bench read-speed --rounds 1 config/samples
check 'bench/hostile: the loop goes on beside twenty hostile sources' bench hostile --limit 2000
check 'bench/naive: ours is linear where the libraries are not' bench naive --quick
check 'bench/hosts: the rules of 100 hosts hold with 400 sources due at once' bench hosts --sources 400 --hosts 100
check 'bench/store runs' bench store 5
check 'bench/retention: a store stops growing' bench retention 1 180 12 --limit 1.2
check 'bench/start runs' bench start --sources 200 --items 10
# The goal is 1.2, of 20,000 against 2,000.
check 'bench/warm: a poll that finds nothing new costs no more with many sources' bench warm --few 50 --many 500 --polls 500 --limit 1.5
check 'bench/merge: what a publish costs does not grow with what is known' bench merge 20 --largest 10000 --limit 3
check 'bench/similar: no more than one of 10,000 items of series is taken for another' bench similar --check
# The goals are 1.3 (bodies) and 2.0 (304s); beside other work of the machine the measure is that much less exact.
check 'bench/serve: serving costs little more than nginx' bench serve --requests 3000 --rounds 3 --limit 1.5
check 'bench/connections: idle and slow readers cost little memory' bench connections --idle 2000 --slow 200 --limit 30
# The goal is 1.5; beside other work of the machine the measure is that much less exact.
check 'bench/render: writers cost little more than hand-built strings' bench render 3 --limit 1.8
check 'bench/static-site: a site is replaced without a hole, a torn file, or a date that changes for nothing' bench static-site 2
check 'bench/metrics: counting costs next to nothing' bench metrics --limit 0.05

finish
