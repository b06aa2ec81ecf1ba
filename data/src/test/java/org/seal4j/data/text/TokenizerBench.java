package org.seal4j.data.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.seal4j.data.text.BpeTrainerConfig.Alphabet;

/**
 * CPU time of encoding on one thread, ours and the Rust library's in turn, and of training. Of the
 * Rust library only encoding and fetching the ids is timed, without the objects that its Java side
 * makes. Start by {@code scripts/bench/run.sh tokenizers [NAME ...]}; here because the Rust library
 * is a dependency of tests alone.
 */
final class TokenizerBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final List<RealTokenizers> MEASURED =
      List.of(RealTokenizers.GPT2, RealTokenizers.QWEN2, RealTokenizers.TINY_STORIES);
  private static final int TURNS = 9;
  private static final int WARM_UP = 3;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] args) throws IOException {
    TokenizerBench bench = new TokenizerBench();
    Path folder = Files.createTempDirectory("tokenizers");
    if (args.length > 0) {
      for (String name : args) {
        bench.encoding(RealTokenizers.valueOf(name), folder);
      }
      return;
    }
    for (RealTokenizers which : MEASURED) {
      bench.encoding(which, folder);
    }
    for (Alphabet alphabet : Alphabet.values()) {
      bench.training(alphabet);
    }
  }

  private void encoding(RealTokenizers which, Path folder) throws IOException {
    out.printf(Locale.ROOT, "%s: MB per second of CPU time, median of %d%n", which, TURNS);
    try (HuggingFaceTokenizer rust = RustTokenizer.open(which.reference(folder))) {
      for (Path corpus : RealTokenizers.corpora()) {
        String text = which.writable(Files.readString(corpus));
        Tokenizer ours = which.fresh();
        IntSupplier fast = () -> ours.encode(text).length;
        IntSupplier reference = () -> rustIds(rust, text);
        for (int i = 0; i < WARM_UP; i++) {
          fast.getAsInt();
          reference.getAsInt();
        }
        double[] own = new double[TURNS];
        double[] other = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
          own[turn] = seconds(fast);
          other[turn] = seconds(reference);
        }
        double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
        out.printf(
            Locale.ROOT,
            "  %-30s ours %6.2f  Rust %6.2f  ours/Rust %5.2f%n",
            corpus.getFileName(),
            megabytes / median(own),
            megabytes / median(other),
            median(other) / median(own));
      }
    }
  }

  private static int rustIds(HuggingFaceTokenizer rust, String text) {
    long encoding = TokenizersLibrary.LIB.encode(rust.getHandle(), text, false);
    int count = TokenizersLibrary.LIB.getTokenIds(encoding).length;
    TokenizersLibrary.LIB.deleteEncoding(encoding);
    return count;
  }

  private void training(Alphabet alphabet) throws IOException {
    for (Path corpus : RealTokenizers.corpora()) {
      String text = Files.readString(corpus);
      BpeTrainerConfig config =
          alphabet == Alphabet.BYTES
              ? BpeTrainerConfig.bytes(8192)
              : BpeTrainerConfig.characters(8192);
      double seconds = seconds(() -> BpeTrainer.train(List.of(text), config).merges().size());
      out.printf(
          Locale.ROOT,
          "training %s, 8,192 tokens, %-30s %.2f s of CPU time for %.1f MB%n",
          alphabet,
          corpus.getFileName(),
          seconds,
          text.length() / 1e6);
    }
  }

  private static double seconds(IntSupplier work) {
    long start = THREADS.getCurrentThreadCpuTime();
    if (work.getAsInt() < 0) {
      throw new IllegalStateException("a count below 0");
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
