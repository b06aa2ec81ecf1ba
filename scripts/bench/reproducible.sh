#!/usr/bin/env bash
# Two clean builds of the current commit, in two clones at different paths, must give the same jars, byte for byte.
# Usage: scripts/bench/reproducible.sh [further Maven arguments, such as -o]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for clone in first second/deeper; do
  git clone --quiet "$root" "$work/$clone"
  echo "building $clone"
  (cd "$work/$clone" && mvn -B -ntp -q -DskipTests "$@" package)
done

same=0
different=0
while read -r jar; do
  if cmp --silent "$work/first/$jar" "$work/second/deeper/$jar"; then
    same=$((same + 1))
    (cd "$work/first" && sha256sum "$jar")
  else
    different=$((different + 1))
    echo "DIFFERENT $jar"
  fi
done < <(cd "$work/first" && find . -maxdepth 3 -path '*/target/*' -name '*.jar' | sort)

echo "$same jars the same, $different different"
[ "$different" -eq 0 ] && [ "$same" -ge 6 ]
