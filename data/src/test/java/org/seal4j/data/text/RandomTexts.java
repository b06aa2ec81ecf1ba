package org.seal4j.data.text;

import java.util.List;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * Seeded texts of many scripts. Only characters that Unicode has had for long, so that all versions
 * of the tables know them.
 */
final class RandomTexts {
  static final long SEED = Long.getLong("seal.test.seed", 11);

  /** First and last characters of scripts, marks and white space. */
  private static final List<int[]> RANGES =
      List.of(
          new int[] {0x20, 0x7e},
          new int[] {0x20, 0x7e},
          new int[] {'a', 'z'},
          new int[] {'a', 'z'},
          new int[] {'A', 'Z'},
          new int[] {'0', '9'},
          new int[] {' ', ' '},
          new int[] {' ', ' '},
          new int[] {'\t', '\r'},
          new int[] {'\'', '\''},
          new int[] {0xa0, 0x24f},
          new int[] {0x300, 0x36f},
          new int[] {0x391, 0x3a1},
          new int[] {0x3a3, 0x3c9},
          new int[] {0x410, 0x44f},
          new int[] {0x5d0, 0x5ea},
          new int[] {0x621, 0x63a},
          new int[] {0x660, 0x669},
          new int[] {0x905, 0x939},
          new int[] {0xe01, 0xe3a},
          new int[] {0x1e00, 0x1e99},
          new int[] {0x2000, 0x200b},
          new int[] {0x2010, 0x2027},
          new int[] {0x20a0, 0x20b5},
          new int[] {0x2153, 0x2183},
          new int[] {0x2190, 0x21ff},
          new int[] {0x3000, 0x3003},
          new int[] {0x3041, 0x3096},
          new int[] {0x4e00, 0x9fa5},
          new int[] {0xac00, 0xd7a3},
          new int[] {0xfb00, 0xfb04},
          new int[] {0xff01, 0xff5e},
          new int[] {0x1d400, 0x1d454},
          new int[] {0x1f300, 0x1f320},
          new int[] {0x1f600, 0x1f640},
          new int[] {0x20000, 0x2a6d6});

  private static final List<String> WORDS =
      List.of(
          "don't",
          "I'LL",
          "we've",
          " the",
          "ing",
          "\r\n",
          "\n\n",
          "   ",
          "1234567",
          "3.14",
          "<|endoftext|>",
          "<|im_start|>",
          "[EOS]",
          "<unk>",
          "``",
          "''",
          "éclair",
          "e\u0301");

  private RandomTexts() {}

  /** The text with this number. */
  static String text(String purpose, int number) {
    Rng rng = Seeds.of(SEED).child(purpose, number).rng();
    StringBuilder text = new StringBuilder();
    int length = rng.nextInt(60);
    for (int i = 0; i < length; i++) {
      if (rng.nextInt(8) == 0) {
        text.append(rng.pick(WORDS));
      } else {
        int[] range = rng.pick(RANGES);
        for (int n = rng.between(1, 3); n > 0; n--) {
          text.appendCodePoint(rng.between(range[0], range[1]));
        }
      }
    }
    return text.toString();
  }

  /** How to see a failed text again. */
  static String label(int number, String text) {
    return "-Dseal.test.seed=%d, text %d: %s".formatted(SEED, number, text);
  }
}
