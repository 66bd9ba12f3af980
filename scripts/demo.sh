# ./dev demo [wildfly|payara|tomee] [--redis|--memcached] [--port N]
set -euo pipefail

source scripts/stores.sh

SERVER=wildfly
PORT=8080
STORE=''
DEMO='' # the folder of the running server's own files
SERVER_PID=''
WAR=$PWD/examples/bookshop/target/bookshop.war

# The user of the console, in the role of the same name; each server keeps the password in a form of its own.
CONSOLE_USER=operator
CONSOLE_PASSWORD=bookshop
WILDFLY_HASH=d3bf26bd27c2e75626256c75177a0140 # MD5 of operator:ApplicationRealm:bookshop
PAYARA_HASH='{SSHA256}Yfye6UPTaTnrnmZL1sCOrpt4ki0OQmRIBDP+fo0ii0lib29rc2hvcA=='

read_arguments() {
    while (($# > 0)); do
        case $1 in
            wildfly | payara | tomee) SERVER=$1 ;;
            --redis | --memcached) STORE=${1#--} ;;
            --port)
                (($# > 1)) || die "--port needs a number."
                PORT=$2
                shift
                ;;
            *) die "Unknown argument '$1': ./dev demo [wildfly|payara|tomee] [--redis|--memcached] [--port N]." ;;
        esac
        shift
    done
    [[ $PORT =~ ^[1-9][0-9]{0,4}$ ]] && ((PORT < 65536)) || die "--port needs a number from 1 to 65535, not '$PORT'."
}

end_demo() {
    trap - EXIT
    trap '' INT TERM HUP
    stop_children
    [[ -z $DEMO ]] || rm -rf "$DEMO"
}

# --- servers: each starts with a copy of what it writes to, on free ports, and leaves its pid in SERVER_PID ---

start_wildfly() {
    cp -R "$SERVER_HOME/standalone" "$DEMO/base"
    cp "$WAR" "$DEMO/base/deployments/"
    printf '\n%s=%s\n' "$CONSOLE_USER" "$WILDFLY_HASH" >>"$DEMO/base/configuration/application-users.properties"
    printf '\n%s=%s\n' "$CONSOLE_USER" operator >>"$DEMO/base/configuration/application-roles.properties"
    LAUNCH_JBOSS_IN_BACKGROUND=1 sh "$SERVER_HOME/bin/standalone.sh" \
        -Djboss.server.base.dir="$DEMO/base" -Djboss.http.port="$PORT" -Djboss.https.port="$(free_port)" \
        -Djboss.management.http.port="$(free_port)" >"$LOG" 2>&1 </dev/null &
    SERVER_PID=$!
}

# Payara's launcher ends when the server is up. The pid file of its domain identifies the server.
start_payara() {
    local port edits=(-e "s/port=\"8080\"/port=\"$PORT\"/")
    cp -R "$SERVER_HOME/glassfish/domains/domain1" "$DEMO/domain1"
    mkdir -p "$DEMO/domain1/autodeploy"
    cp "$WAR" "$DEMO/domain1/autodeploy/"
    printf '\n%s;%s;%s\n' "$CONSOLE_USER" "$PAYARA_HASH" operator >>"$DEMO/domain1/config/keyfile"
    for port in 8181 4848 3700 3820 3920 8686 7676 9009 6666 4900 5900; do
        edits+=(-e "s/\(port=\"\|port=\|value=\"\|address=\)$port\b/\1$(free_port)/")
    done
    sed -i.orig "${edits[@]}" "$DEMO/domain1/config/domain.xml"
    step "Starting its domain" "demo-$SERVER" sh "$SERVER_HOME/bin/asadmin" start-domain --domaindir "$DEMO" domain1
    SERVER_PID=$(<"$DEMO/domain1/config/pid")
    ln -sf "$DEMO/domain1/logs/server.log" "$LOG"
}

start_tomee() {
    mkdir -p "$DEMO"/{logs,temp,webapps,work}
    cp -R "$SERVER_HOME/conf" "$DEMO/conf"
    cp "$WAR" "$DEMO/webapps/"
    sed -i.orig -e "s|</tomcat-users>|<user username=\"$CONSOLE_USER\" password=\"$CONSOLE_PASSWORD\" roles=\"operator\"/>&|" \
        "$DEMO/conf/tomcat-users.xml"
    sed -i.orig -e "s/port=\"8080\"/port=\"$PORT\"/" -e "s/port=\"8005\"/port=\"$(free_port)\"/" "$DEMO/conf/server.xml"
    CATALINA_HOME=$SERVER_HOME CATALINA_BASE=$DEMO sh "$SERVER_HOME/bin/catalina.sh" run >"$LOG" 2>&1 </dev/null &
    SERVER_PID=$!
}

# --- the example ---

page_status() {
    local answer
    exec 3<>"/dev/tcp/127.0.0.1/$PORT" || return 1
    printf 'GET /bookshop/ HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$PORT" >&3
    read -r -t 10 answer <&3 || true
    exec 3>&- 3<&-
    [[ $answer =~ ^HTTP/1\.[01]\ ([0-9]+) ]] && printf '%s' "${BASH_REMATCH[1]}"
}

await_page() {
    local seconds=0 status
    while :; do
        status=$(page_status 2>/dev/null) || status=none
        [[ $status != 200 ]] || return 0
        kill -0 "$SERVER_PID" 2>/dev/null || demo_failed "$SERVER ended before the example was available."
        ! not_deployed "$status" || demo_failed "$SERVER did not deploy the example."
        ((seconds++ < 240)) || demo_failed "The example is not available after four minutes."
        ((seconds % 15 > 0)) || say "  $seconds s: the example is not available yet"
        rest 1
    done
}

# WildFly and Payara leave a marker beside the WAR, TomEE opens its port last.
not_deployed() { # <status of the example's page>
    compgen -G "$DEMO/base/deployments/*.failed" >/dev/null \
        || compgen -G "$DEMO/domain1/autodeploy/*_deployFailed" >/dev/null \
        || [[ -d $DEMO/webapps && $1 == 404 ]]
}

demo_failed() {
    grep -m 20 -E 'ERROR|SEVERE|Caused by|Exception' "$LOG" | cut -c -500 >&2 || tail -n 40 "$LOG" >&2
    cp -f "$LOG" "$LOGS/failed-demo.log"
    die "$1 All of its log: $LOGS/failed-demo.log"
}

read_arguments "$@"
need_java_and_maven
need_java_for "$SERVER"
! taken "$PORT" || die "Port $PORT is taken: stop what uses it or choose another one with --port."
[[ -z $STORE ]] || "need_$STORE"

trap 'end_demo' EXIT
trap 'exit 0' INT
trap 'exit 0' TERM HUP
build_library
step "Building examples/bookshop" bookshop maven package -DskipTests -f examples/bookshop/pom.xml
unpack "$SERVER"
DEMO=$(mktemp -d "$PWD/target/demo-$SERVER.XXXXXX")
WHERE=''
[[ -z $STORE ]] || {
    run_store "$STORE"
    # by configuration alone
    export CACHES_DEFAULT_BACKEND=$STORE CACHES_DEFAULT_SERVERS=$STORE_ADDRESS
    export CACHES_BESTSELLERS_BACKEND=$STORE CACHES_BESTSELLERS_SERVERS=$STORE_ADDRESS
    WHERE="
Its entries are in $STORE at ${STORE_ADDRESS##*@}.
"
}
LOG=$PWD/$LOGS/demo-$SERVER.log
say "Starting $SERVER on port $PORT (log: ${LOG#"$PWD"/}) ..."
rm -f "$LOG"
"start_$SERVER"
CHILDREN+=("$SERVER_PID")
await_page
say "
The bookshop runs on $SERVER:

  http://localhost:$PORT/bookshop/
  curl -i 'http://localhost:$PORT/bookshop/api/books?author=Abbott'     (twice: the second answer has an Age)
  http://localhost:$PORT/bookshop/larder/     (the console: user $CONSOLE_USER, password $CONSOLE_PASSWORD)
$WHERE
Its log: ${LOG#"$PWD"/}. Ctrl-C stops it."
while kill -0 "$SERVER_PID" 2>/dev/null; do
    rest 1
done
die "$SERVER ended by itself; its log: ${LOG#"$PWD"/}"
