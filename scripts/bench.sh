# ./dev bench [jmh|http|size|deployment|stores] [-Dlarder.bench.rounds=N]
set -euo pipefail

source scripts/stores.sh

WANTED=all
OPTIONS=()

wants() { [[ $WANTED == all || $WANTED == "$1" ]]; }

# Prints a table; what the libraries log goes to a file, as does the progress.
measure() { # <title> <class> <arguments...>
    local log=$LOGS/bench-$2.log status=0
    say "
$1 (log: $log)"
    "$JAVA_HOME/bin/java" ${OPTIONS[@]+"${OPTIONS[@]}"} -cp "$JAR:bench/target/classes:$(<bench/target/class-path)" \
        "dev.larder.bench.$2" "${@:3}" 2>"$log" </dev/null &
    CHILDREN+=($!)
    await $! "$log" || status=$?
    ((status == 0)) || {
        tail -n 40 "$log" >&2
        die "This failed (all of it: $log): $2"
    }
}

for argument in "$@"; do
    case $argument in
        all | jmh | http | size | deployment | stores) WANTED=$argument ;;
        -D?*) OPTIONS+=("$argument") ;;
        *) die "Unknown argument '$argument': ./dev bench [jmh|http|size|deployment|stores] [-Dlarder.bench.rounds=N]." ;;
    esac
done
need_java_and_maven
stop_children_at_exit
! wants stores || { need_redis && need_memcached; }
build_library
step "Building the benchmarks" bench maven package -f bench/pom.xml
[[ $WANTED == jmh || $WANTED == size ]] || unpack wildfly
# before the installed jar, which may be that of another checkout
JAR=$(compgen -G "$PWD/target/larder-*.jar" | grep -Ev -- '-(sources|tests|javadoc)\.jar$')

! wants jmh || measure "A hit on a bean method" hit.HitTable
! wants http || {
    measure "A hit over HTTP on WildFly" http.HttpTable "$SERVER_HOME" "$PWD/bench/target/http"
    measure "A cold key over HTTP on WildFly" http.ColdTable "$SERVER_HOME" "$PWD/bench/target/cold"
}
! wants size || measure "Size" footprint.Size
! wants deployment || measure "A deployment on WildFly" footprint.Deployment "$SERVER_HOME" "$PWD/bench/target/deployment"
! wants stores || {
    run_store redis
    REDIS=$STORE_ADDRESS
    run_store memcached
    measure "A store by ICacheService and by its bare client" stores.StoreTable "$REDIS" "$STORE_ADDRESS"
    measure "Tags: a hit, invalidate and clear; getMany" stores.TagTable "$REDIS"
    measure "A hit over HTTP on WildFly, from Redis and from memory" \
        http.StoreHttpTable "$SERVER_HOME" "$PWD/bench/target/stores" "$REDIS"
}
