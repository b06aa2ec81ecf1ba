package org.seal4j.scripts.corpus;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adapters that are trained one after the other, each over the model that the ones before were
 * merged into (Figure 6 of SEAL).
 *
 * @param name as the recipe and the table call it
 * @param guard what is done while an adapter is trained
 * @param merging what is done as it is merged
 */
record SequenceMethod(String name, Guard guard, Merging merging) implements Method {
  private static final Pattern NAME =
      Pattern.compile(
          "in sequence(?: with (replay and anchor|replay|anchor|ewc))?(?: (norm-anchored|denoised))?");

  /** What names there are. */
  static final String KNOWN =
      "in sequence [with replay|anchor|replay and anchor|ewc] [norm-anchored|denoised]";

  /** What keeps earlier knowledge while an adapter is trained. */
  enum Guard {
    /** Nothing, as in SEAL. */
    NONE,
    /** Some rows of each batch are those of earlier passages. */
    REPLAY,
    /** Some rows are texts of the un-edited model, with what it held for likely: a KL anchor. */
    ANCHOR,
    /** Both. */
    REPLAY_AND_ANCHOR,
    /** Elastic weight consolidation: weights that mattered before are expensive to move. */
    EWC;

    boolean replays() {
      return this == REPLAY || this == REPLAY_AND_ANCHOR;
    }

    boolean anchors() {
      return this == ANCHOR || this == REPLAY_AND_ANCHOR;
    }
  }

  /** What is done as an adapter is merged. */
  enum Merging {
    /** It is added as it is. */
    PLAIN,
    /** Each changed weight is scaled back to the norm that it had. */
    NORM_ANCHORED,
    /** It loses before what lies in the un-edited model's main subspace. */
    DENOISED
  }

  /** The method of this name; empty where it is none of these. */
  static Optional<SequenceMethod> named(String name) {
    Matcher found = NAME.matcher(name);
    if (!found.matches()) {
      return Optional.empty();
    }
    String guard = found.group(1) == null ? "none" : found.group(1);
    String merging = found.group(2) == null ? "plain" : found.group(2);
    return Optional.of(
        new SequenceMethod(
            name, Guard.valueOf(constant(guard)), Merging.valueOf(constant(merging))));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }
}
