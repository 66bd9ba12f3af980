# ./dev format
set -euo pipefail

need_java_and_maven
step "Formatting the sources" format maven spotless:apply
