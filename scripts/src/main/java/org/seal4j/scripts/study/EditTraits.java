package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.eval.squad.WordOverlap;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.study.StudiedEdit;

/**
 * What can be said of a self-edit without training on it.
 *
 * @param values by what they are, in the order of tables; shares in [0, 1] but for lengths and
 *     counts. What an edit does not have is left out
 */
record EditTraits(Map<String, Double> values) {
  /** Traits that are no shares. */
  static final String WORDS = "words";

  static final String QUESTIONS = "questions";
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|\\n+");
  private static final List<String> OPENINGS =
      List.of("who", "what", "when", "where", "which", "why", "how");

  /**
   * The traits of an edit.
   *
   * @param studied what was trained on
   */
  static EditTraits of(EditRow row, Passage passage, StudiedEdit studied) {
    String text = row.draft().edit().orElse("");
    boolean asks = studied.asked() > 0;
    List<String> parts = parts(text);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(WORDS, (double) WordOverlap.words(text));
    if (asks) {
      values.put(QUESTIONS, (double) studied.asked());
      values.put("questions of use", (double) studied.useful().size() / studied.asked());
    } else {
      put(values, "sentences that the passage says", said(parts, passage));
    }
    WordOverlap overlap = WordOverlap.with(passage.title() + "\n" + passage.context());
    put(values, "content words of the passage", overlap.words(parts));
    put(values, "13-grams of the passage", overlap.grams(parts));
    if (asks && !studied.useful().isEmpty()) {
      openings(studied.useful()).forEach((opening, share) -> values.put(opening, share));
    }
    return new EditTraits(values);
  }

  private static void put(Map<String, Double> values, String name, OptionalDouble value) {
    value.ifPresent(there -> values.put(name, there));
  }

  /** Sentences and lines. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : SENTENCE_END.split(text, -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  /** Share of sentences most of whose content words, and all of whose numbers, the passage has. */
  private static OptionalDouble said(List<String> parts, Passage passage) {
    String source = passage.title() + "\n" + passage.context();
    return parts.stream()
        .mapToDouble(part -> TokenRecall.calibrated().grade("", List.of(part), source))
        .average();
  }

  private static Map<String, Double> openings(List<String> questions) {
    Map<String, Double> shares = new LinkedHashMap<>();
    OPENINGS.forEach(opening -> shares.put(named(opening), 0.0));
    for (String question : questions) {
      String first = question.strip().toLowerCase(Locale.ROOT).split("[^a-z]+", 2)[0];
      if (OPENINGS.contains(first)) {
        shares.merge(named(first), 1.0 / questions.size(), Double::sum);
      }
    }
    return shares;
  }

  private static String named(String opening) {
    return "of use: " + opening + " …?";
  }
}
