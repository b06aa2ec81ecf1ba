package org.seal4j.rl.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.seal4j.eval.report.Fact;
import org.seal4j.rl.EditCounts;
import org.seal4j.rl.keys.Adapted;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.reward.LearnedScreen;
import org.seal4j.rl.reward.ScreenedRound;

/** Lines that several kinds tell of what was run. */
public final class CommonFacts {
  private CommonFacts() {}

  /** Size of the model and how it was trained. */
  public static List<Fact> model(long parameters, Pretrained pretrained) {
    return List.of(
        new Fact("model", String.format(Locale.ROOT, "%,d parameters", parameters)),
        new Fact("pretraining", pretraining(pretrained)));
  }

  /**
   * Name and size of a model.
   *
   * @param named its name or path
   */
  public static Fact model(Path named, long parameters) {
    return new Fact("model", String.format(Locale.ROOT, "%s, %,d parameters", named, parameters));
  }

  private static String pretraining(Pretrained pretrained) {
    if (pretrained.losses().isEmpty()) {
      return "none here, the model is " + pretrained.key();
    }
    String steps = pretrained.losses().size() + " steps";
    return pretrained.steps() == 0
        ? steps + ", from the cache"
        : String.format(
            Locale.ROOT,
            "%s, %d of them now in %.0f s",
            steps,
            pretrained.steps(),
            pretrained.seconds());
  }

  /** Which model self-edits adapt, where it is not the policy. */
  public static List<Fact> adapted(LoopKeys loop) {
    return Adapted.of(loop.adapted()) == Adapted.POLICY
        ? List.of()
        : List.of(new Fact("adapted model", "as it was before RL; the policy writes for it"));
  }

  /** How often the policy wrote something that is no edit, and why. */
  public static Fact invalid(EditCounts counts) {
    String share =
        String.format(
            Locale.ROOT,
            "%d of %d answers (%.1f %%), %d of %d edits after sampling again",
            counts.invalidSamples(),
            counts.samples(),
            100 * counts.invalidShare(),
            counts.invalidEdits(),
            counts.edits());
    return new Fact(
        "invalid self-edits", counts.reasons().isEmpty() ? share : share + ": " + counts.reasons());
  }

  /** How well a learned reward foresaw each round, before it learned from it. */
  public static List<Fact> screen(LearnedScreen<?, ?> screen) {
    return screen.rounds().stream()
        .map(round -> new Fact("learned reward, round " + round.round(), sentence(round)))
        .toList();
  }

  private static String sentence(ScreenedRound round) {
    if (round.foreseenCount() == 0) {
      return "learned from %d self-edits: none kept by prediction, %d by chance"
          .formatted(round.known(), round.chanceCount());
    }
    String agreement =
        round.contexts() == 0
            ? "no rank correlation is defined"
            : String.format(
                Locale.ROOT,
                "rank correlation within a context %.2f (mean of %d)",
                round.correlation(),
                round.contexts());
    String chance =
        round.chanceCount() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", of %d by chance %.1f %%",
                round.chanceCount(),
                100 * round.chance());
    return String.format(
        Locale.ROOT,
        "learned from %d self-edits: %s; mean reward of %d kept by prediction %.1f %%%s",
        round.known(),
        agreement,
        round.foreseenCount(),
        100 * round.foreseen(),
        chance);
  }

  /** A share of held-out contexts in words. */
  public static Fact heldOut(String contexts, int count, Enum<?> pool) {
    return new Fact(
        "held-out " + contexts,
        "%d, pool %s".formatted(count, pool.name().toLowerCase(Locale.ROOT)));
  }
}
