#!/usr/bin/env bash
# Runs the engine's benchmark on one thread: scripts/bench/run.sh engine [arguments of EngineBench]
# Flags and environment are those of launch.flags, as for every Seal4J process; java is that of JAVA_HOME or the PATH.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
[ "${1:-}" = engine ] || { echo "usage: scripts/bench/run.sh engine [arguments]" >&2; exit 2; }
shift
"$root/scripts/seal" version >/dev/null
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
feature=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
options=()
while read -r what flag _; do
  case $what in
    env) export "${flag?}" ;;
    jvm) options+=("$flag") ;;
    jvm[0-9]*) if [ "${what#jvm}" -le "$feature" ]; then options+=("$flag"); fi ;;
  esac
done <"$root/scripts/src/main/resources/org/seal4j/scripts/launch/launch.flags"
exec "$java" "${options[@]}" -cp "$root/scripts/target/seal.jar:$root/scripts/target/lib/*" org.seal4j.scripts.bench.EngineBench "$@"
