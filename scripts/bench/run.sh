#!/usr/bin/env bash
# Runs a benchmark on one thread:
#   scripts/bench/run.sh engine [arguments of EngineBench]
#   scripts/bench/run.sh tokenizers     ours beside the Rust library, on the texts of ../shared/data
# Flags and environment of the engine are those of launch.flags, as for every Seal4J process; java is that of JAVA_HOME or the PATH.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
if [ "${1:-}" = tokenizers ]; then
  cd "$root"
  mvn -o -q -pl data test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath
  cd data
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" org.seal4j.data.text.TokenizerBench
fi
[ "${1:-}" = engine ] || { echo "usage: scripts/bench/run.sh engine [arguments] | tokenizers" >&2; exit 2; }
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
