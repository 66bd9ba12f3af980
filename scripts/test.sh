# ./dev test
set -euo pipefail

source scripts/stores.sh

SERVERS=(wildfly payara tomee)
STORES=(redis memcached.spy memcached.x) # packages below dev.larder.backend
TOTAL_PASSED=0
TOTAL_FAILED=0
SUMMARY=()
declare -A RUNNING=() # suite: pid
declare -A STATUS=()  # suite that has ended: status

# Runs Maven in the background; of its output, the test classes and the errors are shown, all of it is in the log.
start() { # <suite> <maven arguments...>
    local suite=$1
    shift
    say "  $suite: starts (log: $LOGS/$suite.log)"
    maven "$@" </dev/null > >(tee "$LOGS/$suite.log" \
        | sed -un -e "s/^\[\(INFO\|WARNING\|ERROR\)\] \(Tests run: .* -- in .*\)/  $suite: \2/p" \
            -e '/^\[ERROR\] *\(See \|To see \|Re-run \|For more \|-> \|\[Help\|$\)/d' \
            -e "s/^\[ERROR\] \(.*\)/  $suite: \1/p") 2>&1 &
    RUNNING[$suite]=$!
    CHILDREN+=($!)
}

# Waits until at most so many suites run.
await_until_running() { # <number>
    local suite status
    while ((${#RUNNING[@]} > $1)); do
        for suite in "${!RUNNING[@]}"; do
            kill -0 "${RUNNING[$suite]}" 2>/dev/null && continue
            status=0
            wait "${RUNNING[$suite]}" || status=$?
            STATUS[$suite]=$status
            unset "RUNNING[$suite]"
            say "  $suite: done"
        done
        rest 0.5
    done
}

# Adds the reports of one suite to the summary; a suite that ran nothing, or failed otherwise than by a test, is a failure.
count() { # <title> <exit status> <folder of reports> [<pattern of their names>]
    local title=$1 status=$2 tests=0 failed=0 skipped=0 line
    while read -r line; do
        tests=$((tests + $(attribute tests "$line")))
        failed=$((failed + $(attribute failures "$line") + $(attribute errors "$line")))
        skipped=$((skipped + $(attribute skipped "$line")))
    done < <(find "$3" -name "${4:-TEST-*.xml}" -exec grep -ho '<testsuite [^>]*>' {} + 2>/dev/null)
    local passed=$((tests - failed - skipped)) note=''
    if ((tests == 0)); then
        note=' (ran no test: that is a failure)'
        failed=1
    elif ((status != 0 && failed == 0)); then
        note=" (ended with status $status: that is a failure)"
        failed=1
    fi
    ((skipped == 0)) || note+=", $skipped skipped"
    TOTAL_PASSED=$((TOTAL_PASSED + passed))
    TOTAL_FAILED=$((TOTAL_FAILED + failed))
    SUMMARY+=("$(printf '  %-13s %5d passed, %d failed%s' "$title" "$passed" "$failed" "$note")")
}

attribute() { [[ $2 =~ \ $1=\"([0-9]+)\" ]] && printf '%s' "${BASH_REMATCH[1]}" || printf '0'; }

count_failure() { # <title> <what happened>
    TOTAL_FAILED=$((TOTAL_FAILED + 1))
    SUMMARY+=("$(printf '  %-13s %s: that is a failure' "$1" "$2")")
}

report() {
    say ""
    printf '%s\n' "${SUMMARY[@]}"
    say "  $((SECONDS / 60)) min $((SECONDS % 60)) s; logs in $LOGS"
    say ""
    say "$TOTAL_PASSED passed, $TOTAL_FAILED failed"
    ((TOTAL_FAILED == 0))
}

need_java_and_maven
need_java_for tomee
stop_children_at_exit
need_redis
need_memcached
need_saslpasswd2
rm -rf target/surefire-reports target/failsafe-reports "$LOGS"
mkdir -p "$LOGS"

say "The library, its unit tests and its documentation, into the local Maven repository ..."
start unit install -Dmaven.test.failure.ignore
await_until_running 0
count unit "${STATUS[unit]}" target/surefire-reports
((STATUS[unit] == 0)) || {
    say "The library does not build, so nothing else was tested; all of the output: $LOGS/unit.log"
    report || exit
}

say "The stores, and the scenario suite on ${SERVERS[*]} (the first run fetches and unpacks them) ..."
# The stores' tests mostly wait, so they run in parallel with the servers.
start stores -Pstores failsafe:integration-test@scenario failsafe:verify@scenario
for server in "${SERVERS[@]}"; do
    await_until_running $((${LARDER_SERVERS_AT_ONCE:-2} - 1))
    start "$server" "-P$server" dependency:unpack@server failsafe:integration-test@scenario failsafe:verify@scenario
done
await_until_running 0
failed_before=$TOTAL_FAILED
for store in "${STORES[@]}"; do
    count "$store" 0 target/failsafe-reports/stores "TEST-dev.larder.backend.$store.*.xml"
done
((STATUS[stores] == 0 || TOTAL_FAILED > failed_before)) || count_failure stores "ended with status ${STATUS[stores]}"
for server in "${SERVERS[@]}"; do
    count "$server" "${STATUS[$server]}" "target/failsafe-reports/$server"
done

say "The example, built as any application that uses the library ..."
start bookshop verify -f examples/bookshop/pom.xml
await_until_running 0
if [[ -d examples/bookshop/src/test ]]; then
    count bookshop "${STATUS[bookshop]}" examples/bookshop/target/surefire-reports
elif ((STATUS[bookshop] == 0)); then
    SUMMARY+=("  bookshop      built")
else
    count_failure bookshop "does not build"
fi
report
