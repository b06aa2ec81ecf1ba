#!/usr/bin/env bash
# Two clean builds of the current commit, in two clones at different paths, must give the same jars (classes, sources,
# Javadoc), the same POMs and the same bill of materials, byte for byte.
# Usage: scripts/bench/reproducible.sh [further Maven arguments, such as -o or -pl data]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
commit=$(git -C "$root" rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for clone in first second/deeper; do
  git clone --quiet "$root" "$work/$clone"
  git -C "$work/$clone" checkout --quiet "$commit"
  echo "building $clone"
  (cd "$work/$clone" && mvn -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip=true "$@" verify)
done

# What is published of every module that was built: its jars, not the libraries beside them, and its POM; and the bill of materials.
published() {
  (cd "$1" && find . \( -path '*/target/*.jar' -not -path '*/target/lib/*' -o -name .flattened-pom.xml -o -path './target/bom.*' \) | sort)
}

same=0
different=0
while read -r file; do
  if cmp --silent "$work/first/$file" "$work/second/deeper/$file"; then
    same=$((same + 1))
    (cd "$work/first" && sha256sum "$file")
  else
    different=$((different + 1))
    echo "DIFFERENT $file"
  fi
done < <({ published "$work/first"; published "$work/second/deeper"; } | sort -u)

echo "$same files the same, $different different"
[ "$different" -eq 0 ] && [ "$same" -ge 4 ]
