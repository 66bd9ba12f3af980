# Sourced by ../dev: Maven, its Java, and what it builds and unpacks.
set -euo pipefail

JAVA_MAJOR=0

maven() { mvn -B -Dstyle.color=never "$@"; }

# The servers get the Java that Maven runs on.
need_java_and_maven() {
    command -v mvn >/dev/null || die "Maven is missing: install Maven 3.8 or newer and put mvn on the PATH."
    local versions maven java runtime
    versions=$(mvn -B -Dstyle.color=never --version 2>&1) \
        || die "Maven does not start, most likely for want of Java: install a JDK 17 or newer and set JAVA_HOME."
    maven=$(sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' <<<"$versions")
    java=$(sed -n 's/^Java version: \(1\.\)\{0,1\}\([0-9]*\).*/\2/p' <<<"$versions")
    runtime=$(sed -n 's/^Java version: .*runtime: \(.*\)$/\1/p' <<<"$versions")
    local major minor
    IFS=. read -r major minor _ <<<"$maven"
    ((major > 3 || (major == 3 && minor >= 8))) || die "Maven $maven is too old: Maven 3.8 or newer is needed."
    ((java >= 17)) || die "Java $java is too old: Maven runs on it, and a JDK 17 or newer is needed (set JAVA_HOME)."
    [[ -x $runtime/bin/javac ]] || die "$runtime is no JDK (it has no javac): a JDK 17 or newer is needed (set JAVA_HOME)."
    JAVA_MAJOR=$java
    export JAVA_HOME=$runtime
}

need_java_for() { # <server>
    [[ $1 != tomee ]] || ((JAVA_MAJOR < 25)) \
        || die "TomEE 9 does not start on Java $JAVA_MAJOR: set JAVA_HOME to a JDK from 17 to 24."
}

build_library() {
    step "Building the library into the local Maven repository" build \
        maven install -DskipTests -Dmaven.javadoc.skip -Dspotless.check.skip
}

# Unpacks a server, unless that is done; SERVER_HOME is its folder then.
unpack() { # <server>
    step "Fetching $1 and unpacking it into .servers, unless that is done" "unpack-$1" maven dependency:unpack@server "-P$1"
    local version
    version=$(sed -n "s:.*<version.$1>\(.*\)</version.$1>.*:\1:p" pom.xml)
    SERVER_HOME=$(compgen -G "$PWD/.servers/$1-$version/*/") \
        || die "$1 was not unpacked into .servers: delete that folder and try again."
    SERVER_HOME=${SERVER_HOME%/}
}
