# Sourced by the test scripts: counts checks, prints a line for each, and says at the end how many passed.
passed=0
failed=0

# What `check` and `within` call sees their local variables, hence the long names of these.

# check TITLE COMMAND [ARGUMENT …]: passes when the command ends with 0; its output is shown when not.
check() {
  local check_title=$1 check_output
  shift
  if check_output=$("$@" 2>&1 </dev/null); then
    passed=$((passed + 1))
    echo "ok $check_title"
  else
    failed=$((failed + 1))
    echo "not ok $check_title: $*"
    printf '%s\n' "$check_output" | tail -n 20 | sed 's/^/    /'
  fi
}

fails() { ! "$@"; }
equal() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; return 1; }; }
at_least() { [ "$2" -ge "$1" ] || { echo "$2 is less than $1"; return 1; }; }

# within SECONDS COMMAND [ARGUMENT …]: tries four times a second until it ends with 0.
within() {
  local within_end=$((SECONDS + $1)) within_output
  shift
  until within_output=$("$@" 2>&1); do
    if [ "$SECONDS" -ge "$within_end" ]; then
      printf '%s\n' "$within_output"
      return 1
    fi
    sleep 0.25
  done
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# header NAME URL [OPTION …]: the value of a response header, in the form it was sent.
header() {
  local header_name=$1
  shift
  curl -fsS -o /dev/null -D - "$@" | tr -d '\r' | sed -n "s/^$header_name: //Ip"
}

# linked_feed URL: the path of the first RSS feed that the service's page links.
linked_feed() { curl -fsS "$1/" | grep -o 'feeds/[A-Za-z0-9-]*\.rss' | head -n 1; }

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
