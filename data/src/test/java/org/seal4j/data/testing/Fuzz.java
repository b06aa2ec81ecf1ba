package org.seal4j.data.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * Tries a reader on damaged inputs: each must be read, or refused by an {@link InputException}
 * whose message is one line without the words of a library, within five seconds of CPU time. {@code
 * -Dseal.test.fuzz=N} tries N inputs instead of the test's own number.
 */
public final class Fuzz {
  private static final long MOST_NANOS = 5_000_000_000L;
  private static final int LONGEST_MESSAGE = 2100;

  /** What no message may hold: controls, and the words of JSON, YAML and Arrow libraries. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "[\\p{Cc}\\p{Cs}]|StreamRead|JsonRead|Feature|REDACTED|jackson|snakeyaml|SimpleType|java\\.",
          Pattern.CASE_INSENSITIVE);

  private Fuzz() {}

  /** Reads one input; anything but an {@link InputException} fails the test. */
  @FunctionalInterface
  public interface Reader {
    /** Reads the input. */
    void read(byte[] input) throws Exception;
  }

  /** Makes the input of one try. */
  @FunctionalInterface
  public interface Maker {
    /** The input that this generator draws. */
    byte[] make(Rng rng) throws Exception;
  }

  /**
   * Tries the reader.
   *
   * @param test names the child of the seed and the printed line
   * @param own number of tries, unless the property says another
   * @return how many inputs were "read" and "refused"
   */
  public static Map<String, Integer> run(String test, int own, Maker maker, Reader reader) {
    long seed = TestSeeds.value(test, 20261126L);
    int tries = Integer.getInteger("seal.test.fuzz", own);
    Map<String, Integer> outcomes = new TreeMap<>(Map.of("read", 0, "refused", 0));
    long slowest = 0;
    for (int i = 0; i < tries; i++) {
      byte[] input = {};
      try {
        input = maker.make(Seeds.of(seed).child(test, i).rng());
        long before = cpuNanos();
        String outcome = outcome(input, reader);
        long taken = cpuNanos() - before;
        assertThat(taken).isLessThan(MOST_NANOS);
        slowest = Math.max(slowest, taken);
        outcomes.merge(outcome, 1, Integer::sum);
      } catch (Exception | Error e) {
        throw new AssertionError(
            "%s, seed %d, try %d: %s".formatted(test, seed, i, shown(input)), e);
      }
    }
    System.out.printf("%s: %s, slowest %d ms%n", test, outcomes, slowest / 1_000_000);
    return outcomes;
  }

  private static String outcome(byte[] input, Reader reader) throws Exception {
    try {
      reader.read(input);
      return "read";
    } catch (InputException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message).hasSizeLessThan(LONGEST_MESSAGE).doesNotContainPattern(FOREIGN);
      return "refused";
    }
  }

  /** The sound input with one to four damages, some of which put one of the pieces somewhere. */
  public static byte[] damaged(byte[] sound, List<String> pieces, Rng rng) {
    byte[] bytes = sound;
    int damages = rng.between(1, 4);
    for (int i = 0; i < damages && bytes.length > 0; i++) {
      int from = rng.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + rng.between(1, 40));
      bytes =
          switch (rng.nextInt(7)) {
            case 0 -> flipped(bytes, from, rng);
            case 1 -> joined(bytes, 0, from, new byte[0], to, bytes.length); // cut out
            case 2 -> joined(bytes, 0, to, new byte[0], from, bytes.length); // twice
            case 3 -> joined(bytes, 0, from, new byte[0], bytes.length, bytes.length); // cut off
            default -> joined(bytes, 0, from, piece(pieces, rng), to, bytes.length);
          };
    }
    return bytes;
  }

  private static byte[] flipped(byte[] bytes, int at, Rng rng) {
    byte[] changed = bytes.clone();
    changed[at] ^= (byte) (1 << rng.nextInt(8));
    return changed;
  }

  private static byte[] piece(List<String> pieces, Rng rng) {
    return pieces.get(rng.nextInt(pieces.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] bytes, int a, int b, byte[] middle, int c, int d) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, a, b - a);
    out.writeBytes(middle);
    out.write(bytes, c, d - c);
    return out.toByteArray();
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String shown(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    return text.length() <= 3000 ? text : text.substring(0, 3000) + "...";
  }
}
