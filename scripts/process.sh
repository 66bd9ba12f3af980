# Sourced by ../dev: messages, and the processes that a command starts.
set -euo pipefail

LOGS=target/dev
CHILDREN=()

say() { printf '%s\n' "$*"; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Sleeps so that a signal takes effect at once.
rest() {
    sleep "$1" &
    wait $! || true
}

# Ends with the status of a child. Every 15 seconds it prints the last line of the child's log.
await() { # <pid> <log>
    local started=$SECONDS next=15 status=0
    while kill -0 "$1" 2>/dev/null; do
        rest 0.2
        ((SECONDS - started < next)) || {
            say "  $next s: $(sed -n '${s/^\[INFO\] *//; s/https*:[^ ]*\///; s/^\(.\{90\}\).*/\1/; p;}' "$2")"
            next=$((next + 15))
        }
    done
    wait "$1" || status=$?
    return "$status"
}

# Runs a command whose output goes to a log; if it fails, the end of the log is shown.
step() { # <title> <name of the log> <command...>
    local title=$1 log=$LOGS/$2.log status=0
    shift 2
    mkdir -p "$LOGS"
    say "$title (log: $log) ..."
    "$@" >"$log" 2>&1 </dev/null &
    CHILDREN+=($!)
    await $! "$log" || status=$?
    ((status == 0)) || {
        tail -n 60 "$log" >&2
        say "This failed (all of it: $log): $*" >&2
    }
    return "$status"
}

stop_children() {
    local pid
    for pid in ${CHILDREN[@]+"${CHILDREN[@]}"}; do
        kill -TERM "$pid" 2>/dev/null || true
    done
    for pid in ${CHILDREN[@]+"${CHILDREN[@]}"}; do
        stopped_within 30 "$pid" || kill -KILL "$pid" 2>/dev/null || true
    done
}

stopped_within() { # <seconds> <pid>
    local tenths=$(($1 * 10))
    while kill -0 "$2" 2>/dev/null; do
        ((tenths-- > 0)) || return 1
        sleep 0.1
    done
}

# Stops the children on exit, normal or not.
stop_children_at_exit() {
    trap 'trap - EXIT; trap "" INT TERM HUP; stop_children' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 30000))
        taken "$port" || break
    done
    printf '%s' "$port"
}
