package org.seal4j.scripts.corpus;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.merge.MergeMethods;

/** A way to answer questions about a corpus: a row of the table for each size. */
sealed interface Method
    permits Method.Base,
        Method.InContext,
        Method.Retrieval,
        Method.Own,
        Method.Routed,
        Method.OneForAll,
        Method.Merged,
        SequenceMethod {
  /** As the recipe and the table call it. */
  String name();

  /** The model as it is. */
  record Base(String name) implements Method {}

  /** The passage of the question stands in front of it: what there is to reach. */
  record InContext(String name) implements Method {}

  /** Passages that are found stand in front of the question. */
  record Retrieval(String name, RouteBy by, int top) implements Method {}

  /** The adapter of the question's own passage: the figure of one passage. */
  record Own(String name) implements Method {}

  /**
   * The adapters of passages that are found, summed.
   *
   * @param gated whether a gate sends questions about nothing known to none
   */
  record Routed(String name, RouteBy by, int top, boolean gated) implements Method {}

  /** One adapter for all passages. */
  record OneForAll(String name, TrainedOn rows) implements Method {}

  /**
   * The adapters of the passages as one change of the weights.
   *
   * @param by name of the way to merge
   * @param denoised whether each loses before what lies in the base's main subspace
   */
  record Merged(String name, String by, boolean denoised) implements Method {}

  /** What one adapter for all passages is trained on. */
  enum TrainedOn {
    /** The texts of the passages: continued pretraining. */
    TEXTS,
    /** What the adapters of the passages are trained on. */
    COURSE;

    /** As files call it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Most passages that are taken together. */
  int MOST = 9;

  /** What names a recipe may use. */
  String KNOWN =
      "base, in context, own adapter, retrieval BY [top N], routed BY [top N] [without gate], one for"
          + " all on texts, one for all on the course, merged METHOD [denoised] and "
          + SequenceMethod.KNOWN
          + ", where BY is bm25, states or both, and N 2 to 9";

  /** The method of this name; refuses an unknown one. */
  static Method of(String name) {
    Matcher found =
        Pattern.compile(
                "(retrieval|routed) (bm25|states|both)(?: top ([2-" + MOST + "]))?( without gate)?")
            .matcher(name);
    if (found.matches() && (found.group(1).equals("routed") || found.group(4) == null)) {
      RouteBy by = RouteBy.of(found.group(2));
      int top = found.group(3) == null ? 1 : Integer.parseInt(found.group(3));
      return found.group(1).equals("routed")
          ? new Routed(name, by, top, found.group(4) == null)
          : new Retrieval(name, by, top);
    }
    Matcher merged = Pattern.compile("merged (\\S+)( denoised)?").matcher(name);
    if (merged.matches()) {
      return new Merged(
          name, MergeMethods.named(merged.group(1)).methodName(), merged.group(2) != null);
    }
    Optional<SequenceMethod> sequence = SequenceMethod.named(name);
    if (sequence.isPresent()) {
      return sequence.get();
    }
    return switch (name) {
      case "base" -> new Base(name);
      case "in context" -> new InContext(name);
      case "own adapter" -> new Own(name);
      case "one for all on texts" -> new OneForAll(name, TrainedOn.TEXTS);
      case "one for all on the course" -> new OneForAll(name, TrainedOn.COURSE);
      default -> throw Checks.refuse("methods has '%s', but there are %s", name, KNOWN);
    };
  }
}
