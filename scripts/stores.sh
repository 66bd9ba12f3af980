# Sourced by the commands that run a store: finds its program, or installs it, and starts it.
set -euo pipefail

need_redis() { need_program redis-server redis-server LARDER_REDIS_SERVER LARDER_TEST_REDIS; }
need_memcached() { need_program memcached memcached LARDER_MEMCACHED LARDER_TEST_MEMCACHED; }
need_saslpasswd2() { need_program saslpasswd2 sasl2-bin LARDER_SASLPASSWD2 LARDER_TEST_MEMCACHED; }

# Sets a variable to the path of a program, unless another variable has the address of a running server.
need_program() { # <program> <its Debian package> <variable of the path> <variable of the address>
    local path=${!3:-}
    [[ -n $path || -z ${!4:-} ]] || return 0
    [[ -n $path ]] || path=$(command -v "$1") || {
        ! may_install || install_package "$2" || true
        path=$(command -v "$1") || true
    }
    [[ -x $path ]] || die "$1 is missing: install it (on Debian: apt-get install $2), set $3 to its path, or $4 to the address of a running server."
    export "$3=$path"
}

may_install() {
    [[ ${LARDER_INSTALL:-yes} != no ]] && command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]
}

install_package() { # <package>
    local command="apt-get install -y --no-install-recommends $1"
    step "Installing $1 by $command; LARDER_INSTALL=no forbids that" "install-$1" \
        env DEBIAN_FRONTEND=noninteractive sh -c "$command || { apt-get update && $command; }"
}

# Starts a store on a free port, or takes the one that is given; STORE_ADDRESS is where it is then.
run_store() { # <redis|memcached>
    local port
    port=$(free_port)
    "run_$1"
    STORE_ADDRESS=${STORE_ADDRESS%%,*}
}

run_redis() {
    STORE_ADDRESS=${LARDER_TEST_REDIS:-redis://127.0.0.1:$port}
    [[ -n ${LARDER_TEST_REDIS:-} ]] || run_program redis-server \
        "$LARDER_REDIS_SERVER" --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$PWD/$LOGS"
}

run_memcached() {
    local user=()
    ((EUID != 0)) || user=(-u root)
    STORE_ADDRESS=${LARDER_TEST_MEMCACHED:-127.0.0.1:$port}
    [[ -n ${LARDER_TEST_MEMCACHED:-} ]] || run_program memcached \
        "$LARDER_MEMCACHED" -l 127.0.0.1 -p "$port" -U 0 ${user[@]+"${user[@]}"}
}

run_program() { # <name of the log> <command...>, which opens the caller's $port
    local log=$LOGS/$1.log pid
    shift
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    CHILDREN+=("$pid")
    until taken "$port"; do
        kill -0 "$pid" 2>/dev/null || die "$1 ended at once; its log: $log"
        sleep 0.1
    done
}
