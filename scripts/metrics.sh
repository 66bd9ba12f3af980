# ./dev metrics
set -euo pipefail

need_java_and_maven
stop_children_at_exit
step "Compiling the library and its tests" metrics maven test-compile dependency:build-classpath \
    -Dspotless.check.skip -Dmdep.includeScope=test "-Dmdep.outputFile=$PWD/$LOGS/class-path"
"$JAVA_HOME/bin/java" -cp "target/test-classes:target/classes:$(<"$LOGS/class-path")" dev.larder.testing.Metrics \
    2>>"$LOGS/metrics.log" || die "This failed (log: $LOGS/metrics.log): dev.larder.testing.Metrics"
