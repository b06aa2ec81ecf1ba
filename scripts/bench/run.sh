#!/usr/bin/env bash
# Runs the engine's benchmark on one thread: scripts/bench/run.sh engine [arguments of EngineBench]
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "${1:-}" = engine ] || { echo "usage: scripts/bench/run.sh engine [arguments]" >&2; exit 2; }
shift
scripts/seal version >/dev/null
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
exec java --add-opens=java.base/java.nio=ALL-UNNAMED --add-modules=jdk.incubator.vector -Xmx1g \
  -cp "scripts/target/seal.jar:scripts/target/lib/*" org.seal4j.scripts.bench.EngineBench "$@"
