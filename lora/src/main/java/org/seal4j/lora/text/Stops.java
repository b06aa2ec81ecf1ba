package org.seal4j.lora.text;

import java.util.ArrayList;
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
record Stops(Set<Integer> tokens, List<String> texts) {

  /**
   * Reads {@code --stop}.
   *
   * @param prompt what is continued
   * @throws InputException when the model can never write one of them
   */
  static Stops of(Tokenizer tokenizer, List<String> stops, String prompt) {
    Set<Integer> tokens = new LinkedHashSet<>();
    for (String stop : stops) {
      OptionalInt id = tokenizer.id(stop);
      if (id.isPresent() && isSilent(tokenizer, id.getAsInt())) {
        tokens.add(id.getAsInt());
      } else {
        requireSpelled(tokenizer, stop);
        requireWritten(tokenizer, stop, prompt);
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

  private static void requireWritten(Tokenizer tokenizer, String stop, String prompt) {
    Tokenizer plain = tokenizer.ignoringSpecials();
    List<String> written = new ArrayList<>();
    for (String text : List.of(stop, prompt + stop, prompt + stop + prompt, stop + stop)) {
      written.add(plain.decode(encoded(plain, text)));
    }
    Checks.require(
        written.stream().anyMatch(text -> text.contains(stop)),
        "the model can never write --stop '%s': its tokenizer makes '%s' of it; stop at a text that"
            + " it can write",
        Shown.text(stop),
        Shown.text(written.get(0)));
  }

  private static int[] encoded(Tokenizer tokenizer, String text) {
    try {
      return tokenizer.encode(text);
    } catch (InputException e) { // a character or word outside the vocabulary
      return new int[0];
    }
  }
}
