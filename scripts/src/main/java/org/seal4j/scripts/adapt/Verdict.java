package org.seal4j.scripts.adapt;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.TaskBootstrap;

/**
 * Whether an adapter is worth having, or adapters that are kept apart.
 *
 * @param gain rise of the token recall on questions about the documents; empty where there are none
 * @param harm rise of the perplexity on the general text, as a part of it
 * @param routed paragraphs of it that some adapter read, of adapters that are kept apart; empty for
 *     one adapter, which reads all
 * @param before general questions that are answered right without the adapter
 * @param after those answered right with it
 * @param maxHarm largest part by which the perplexity may rise, or the right answers become fewer
 */
record Verdict(
    Optional<Estimate> gain,
    double harm,
    OptionalInt routed,
    int before,
    int after,
    double maxHarm) {
  static Verdict of(
      Examination.Paper before,
      Examination.Paper after,
      OptionalInt routed,
      double maxHarm,
      Seeds seeds) {
    Optional<Estimate> gain =
        after.recalls().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new TaskBootstrap(seeds.child("bootstrap"))
                    .difference(after.recalls(), before.recalls()));
    return new Verdict(
        gain,
        after.perplexity() / before.perplexity() - 1,
        routed,
        rightGeneral(before),
        rightGeneral(after),
        maxHarm);
  }

  private static int rightGeneral(Examination.Paper paper) {
    Asked.Origin general = Asked.Origin.GENERAL;
    return (int) Math.round(paper.recall(general) * paper.count(general));
  }

  /** General questions that are no longer answered right, as a part of those that were. */
  private double forgotten() {
    return before == 0 ? 0 : Math.max(0, before - after) / (double) before;
  }

  /** Why the adapter is not worth having, in one sentence; empty where it is. */
  Optional<String> refusal() {
    if (gain.isPresent() && gain.get().value() <= 0) {
      return Optional.of(adapters() + " did not help: " + gainText());
    }
    if (harm > maxHarm) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s what the model could do before: the perplexity on a general text rose by %.0f %%,"
                  + " more than the %.0f %% of proof.maxHarm",
              harms(),
              100 * harm,
              100 * maxHarm));
    }
    if (forgotten() > maxHarm) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s what the model could do before: %d general questions are answered right instead"
                  + " of %d, %.0f %% fewer, more than the %.0f %% of proof.maxHarm",
              harms(),
              after,
              before,
              100 * forgotten(),
              100 * maxHarm));
    }
    return Optional.empty();
  }

  private String adapters() {
    return routed.isEmpty() ? "the adapter" : "the adapters";
  }

  private String harms() {
    return adapters() + (routed.isEmpty() ? " harms" : " harm");
  }

  /** For a person. */
  String gainText() {
    return gain.map(
            estimate ->
                String.format(
                    Locale.ROOT,
                    "share of the questions about the documents that are answered right without them"
                        + " %+.3f, 95 %% interval %+.3f to %+.3f, n = %d",
                    estimate.value(),
                    estimate.interval().low(),
                    estimate.interval().high(),
                    estimate.tasks()))
        .orElse("there is no question to measure by; bring some with --questions FILE");
  }

  /** For a person. */
  String harmText() {
    return String.format(
        Locale.ROOT,
        "perplexity on a general text %+.1f %%%s; general questions answered right: %d before, %d"
            + " after",
        100 * harm,
        routedText(),
        before,
        after);
  }

  /**
   * How the general text was read: behind its perplexity, for a person; empty for one adapter,
   * which reads all of it.
   */
  String routedText() {
    if (routed.isEmpty()) {
      return "";
    }
    int all = GeneralAbility.paragraphs().size();
    return routed.getAsInt() == 0
        ? " (no adapter read any of its %d paragraphs, since their first sentences are for none)"
            .formatted(all)
        : " (%d of its %d paragraphs read with the adapters that their first sentences are for, the"
                .formatted(routed.getAsInt(), all)
            + " others by the model as it is)";
  }
}
