#!/usr/bin/env bash
# Runs a benchmark on one thread:
#   scripts/bench/run.sh engine [arguments of EngineBench]
#   scripts/bench/run.sh tokenizers [NAME ...]  ours beside the Rust library, on the texts of ../shared/data
#   scripts/bench/run.sh large FOLDER         a model of half a billion parameters: loading, decoding, a LoRA step (torch_large.py makes and repeats it)
#   scripts/bench/run.sh compare [MODEL]      every workload beside the peers that are installed, turn by turn; writes the table of docs/performance.md.
#       PEER_PYTHON names a Python with torch, and with transformers and peft for the adapters of MODEL; TURNS says how many turns (3).
#   scripts/bench/run.sh memory LOOPS FILE    memory over so many inner loops: a line of the file for every hundredth part
#   scripts/bench/run.sh long [LOG]           memory and time of adapters' steps against length and model size, and of 1 to 8 workers: half an hour, 12 GiB of memory
#       for the largest; writes the tables and pictures of docs/performance.md. LENGTHS names other lengths, SHAPES other models.
#   scripts/bench/run.sh load URL PID CLIENTS SECONDS TOKENS MODEL[,MODEL...] [NAME PATH ...]
#       clients that stream from a server of OpenAI's protocol, ours or another: tokens per second, time to the first token and between tokens, memory and CPU
#       time of the process PID (0 for none); with NAME, an adapter's name is moved once a second
#   scripts/bench/run.sh peers FOLDER [TOKENS [PROMPT]]
#       greedy decoding beside llama.cpp and Jlama, three turns of three measurements; PEER_JDK names a JDK of version 21 or newer for Jlama, which is left out without.
# Flags and environment of the engine are those of launch.flags, as for every Seal4J process; java is that of JAVA_HOME or the PATH.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

tokenizers() {
  cd "$root"
  mvn -o -q -pl data test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath
  cd data
  exec "$java" -Xmx2g -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" org.seal4j.data.text.TokenizerBench "$@"
}

# ours CLASS [arguments]: a class of org.seal4j.scripts.bench with the flags of the product and those in more_options
more_options=()
ours() {
  "$root/scripts/seal" version >/dev/null
  local feature options=() what flag main=$1
  shift
  feature=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  while read -r what flag _; do
    case $what in
      env) export "${flag?}" ;;
      jvm) options+=("$flag") ;;
      jvm[0-9]*) if [ "${what#jvm}" -le "$feature" ]; then options+=("$flag"); fi ;;
    esac
  done <"$root/scripts/src/main/resources/org/seal4j/scripts/launch/launch.flags"
  "$java" "${options[@]}" "${more_options[@]}" -cp "$root/scripts/target/seal.jar:$root/scripts/target/lib/*" "org.seal4j.scripts.bench.$main" "$@"
}

# classpath PROFILE: the libraries of a peer, from Maven Central
classpath() {
  mvn -q -f "$root/scripts/bench/peers/pom.xml" -P "$1" dependency:build-classpath -Dmdep.outputFile="$work/$1.classpath" >&2
  cat "$work/$1.classpath"
}

peers() {
  local model=$1 tokens=${2:-128} prompt=${3:-Once upon a time} runs=3 size ours shorter
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  ours PeerBench files "$model" "$work"
  local llama jlama=
  llama=$(classpath llama.cpp)
  [ -z "${PEER_JDK:-}" ] || jlama=$(classpath jlama)
  for _ in 1 2 3; do
    ours PeerBench decode "$work/hf" "$prompt" "$tokens" $runs "$work/log" 2>"$work/errors" >"$work/engine.txt"
    "$java" -cp "$llama" "$root/scripts/bench/peers/LlamaCpp.java" "$work/model.gguf" "$prompt" "$tokens" $runs "$work/log" 2>"$work/errors" >"$work/llama.cpp.txt" || cat "$work/errors" >&2
    [ -z "$jlama" ] || "$PEER_JDK/bin/java" -XX:ActiveProcessorCount=1 --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp "$jlama" "$root/scripts/bench/peers/Jlama.java" \
      "$work/hf" "$prompt" "$tokens" $runs "$work/log" 2>"$work/errors" >"$work/jlama.txt" || cat "$work/errors" >&2
  done
  for peer in engine llama.cpp jlama; do
    awk -F '\t' -v peer=$peer '$1 == peer { print $3 }' "$work/log" | sort -n | awk -v peer=$peer '
      { all[NR] = $1 }
      END { if (NR) printf "%-10s %8.3f ms of CPU time per token, median of %d (%.3f to %.3f)\n", peer, (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2, NR, all[1], all[NR] }'
    [ -s "$work/$peer.txt" ] || continue
    # llama.cpp says on the way what it unpacked; Jlama counts the prompt, so its text is shorter
    sed -i '/^Extracted /d' "$work/$peer.txt"
    size=$(cat "$work/$peer.txt" "$work/engine.txt" | wc -c)
    ours=$(wc -c <"$work/engine.txt")
    shorter=$((size - ours < ours ? size - ours : ours))
    cmp -n $((shorter - 1)) "$work/engine.txt" "$work/$peer.txt" && echo "$peer: the same text, $((shorter - 1)) bytes" || cat "$work/$peer.txt"
  done
  cat "$work/engine.txt"
}

# has MODULE: whether the peer's Python has it
has() { "${PEER_PYTHON:-python3}" -c "import $1" 2>/dev/null; }

twin() { "${PEER_PYTHON:-python3}" -W ignore "$root/scripts/bench/$1.py" "${@:2}" 2>"$work/errors" || cat "$work/errors" >&2; }

compare() {
  local model=${1:-} turns=${TURNS:-3} llama='' turn
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  ours EngineBench --export "$work/twin"
  if [ -n "$model" ]; then
    ours PeerBench files "$model" "$work"
    llama=$(classpath llama.cpp) || llama=''
  fi
  has torch || echo "no PyTorch in ${PEER_PYTHON:-python3}: set PEER_PYTHON to a Python that has it" >&2
  for turn in $(seq "$turns"); do
    echo "turn $turn of $turns" >&2
    ours EngineBench --repetitions 3 --log "$work/log"
    if has torch; then
      twin torch_twin --weights "$work/twin" --repetitions 3 --log "$work/log"
      twin torch_twin --weights "$work/twin" --repetitions 3 --log "$work/log" --fused
    fi
    [ -n "$model" ] || continue
    ours AdapterBench "$work/hf" "$work/log" 8
    if has peft; then
      twin peft_twin "$work/hf" "$work/log" 8
      twin peft_twin "$work/hf" "$work/log" 8 fused
    fi
    ours PeerBench decode "$work/hf" "Once upon a time" 128 3 "$work/log" >/dev/null
    [ -z "$llama" ] || "$java" -cp "$llama" "$root/scripts/bench/peers/LlamaCpp.java" "$work/model.gguf" "Once upon a time" 128 3 "$work/log" >/dev/null 2>"$work/errors" || cat "$work/errors" >&2
  done
  ours BenchTable "$work/log" "$root/docs/performance.md" "$(date +%F)"
}

long() {
  local log=${1:-} tokens shape again threads
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  log=${log:-$work/log}
  more_options=(-Dorg.bytedeco.javacpp.maxbytes=14g -Dorg.bytedeco.javacpp.maxphysicalbytes=18g)
  for again in 0 1; do
    for tokens in ${LENGTHS:-512 1024 2048 4096}; do ours LongBench step smollm2-135m "$tokens" $again "$log"; done
    ours LongBench plan smollm2-135m 8192 $again "$log"
    for shape in ${SHAPES:-smollm2-360m qwen2-500m qwen2-1500m}; do ours LongBench step "$shape" 512 $again "$log"; done
  done
  for threads in 1 2 4 8; do ours LongBench workers $threads "$log"; done
  ours LongTables "$log" "$root/docs/performance.md" "$root/docs/pictures" "$(date +%F)"
}

case ${1:-} in
  long) shift && long "$@" ;;
  compare) shift && compare "$@" ;;
  tokenizers) shift && tokenizers "$@" ;;
  engine) shift && ours EngineBench "$@" ;;
  large)
    more_options=(-Dorg.bytedeco.javacpp.maxbytes=10g -Dorg.bytedeco.javacpp.maxphysicalbytes=16g)
    shift && ours LargeModelBench "$@"
    ;;
  memory) shift && ours MemoryBench "$@" ;;
  peers) shift && peers "$@" ;;
  load) shift && ours ServerLoad "$@" ;;
  *)
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
    ;;
esac
