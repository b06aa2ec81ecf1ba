package org.seal4j.lora.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.text.Tokenizer;

/**
 * What ends an answer by the caller's wish: special tokens, which no decoder writes into a text,
 * and texts.
 *
 * @param tokens ids of special tokens
 * @param texts all stops as they are spelled
 */
public record Stops(Set<Integer> tokens, List<String> texts) {

  /**
   * Reads {@code --stop}.
   *
   * @throws InputException when one holds a special token and more, which no text shows
   */
  public static Stops of(Tokenizer tokenizer, List<String> stops) {
    Set<Integer> tokens = new LinkedHashSet<>();
    for (String stop : stops) {
      OptionalInt id = tokenizer.id(stop);
      if (id.isPresent() && isSilent(tokenizer, id.getAsInt())) {
        tokens.add(id.getAsInt());
      } else {
        requireSpelled(tokenizer, stop);
      }
    }
    return new Stops(Set.copyOf(tokens), List.copyOf(stops));
  }

  /** Whether this token leaves no trace in a text. */
  private static boolean isSilent(Tokenizer tokenizer, int id) {
    return tokenizer.decode(new int[] {id, id}).isEmpty(); // twice: one blank may be left out
  }

  /** Refuses a text with a special token inside, which stands in no text that is written. */
  private static void requireSpelled(Tokenizer tokenizer, String stop) {
    Set<Integer> plain =
        IntStream.of(encoded(tokenizer.ignoringSpecials(), stop))
            .boxed()
            .collect(Collectors.toSet());
    OptionalInt silent =
        IntStream.of(encoded(tokenizer, stop))
            .filter(id -> !plain.contains(id) && isSilent(tokenizer, id))
            .findFirst();
    Checks.require(
        silent.isEmpty(),
        "--stop '%s' holds a special token (id %d), which no text shows; stop at that token alone",
        Shown.text(stop),
        silent.orElse(0));
  }

  private static int[] encoded(Tokenizer tokenizer, String text) {
    try {
      return tokenizer.encode(text);
    } catch (InputException e) { // a character or word outside the vocabulary
      return new int[0];
    }
  }
}
