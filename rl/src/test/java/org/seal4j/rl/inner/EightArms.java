package org.seal4j.rl.inner;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Executor;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.SelfEdit;

/**
 * A bandit with eight arms, whose optimum is known: a self-edit names an arm, which pays its mean
 * and a little chance. The best one pays .9 on average, the others .1 to .7.
 */
final class EightArms
    implements EditLanguage.OnePrompt<EightArms.Hall, EightArms.Arm>,
        EditFormat<EightArms.Hall, EightArms.Arm>,
        Executor<EightArms.Hall, EightArms.Arm> {
  static final int ARMS = 8;

  /** Arms are the first ids, the prompt is the last. */
  static final int VOCABULARY = ARMS + 1;

  static final Hall HALL = new Hall("hall");
  private static final double BEST = 0.9;
  private static final double CHANCE = 0.2;

  private final double[] means = new double[ARMS];
  private final boolean opposite;
  private final int best;

  record Hall(String id) implements Context {
    @Override
    public String family() {
      return id;
    }
  }

  record Arm(int number) implements SelfEdit {}

  /**
   * @param seeds of which arm is how good
   * @param opposite whether an arm pays 1 less what it should: what a wrong sign would make of it
   */
  EightArms(Seeds seeds, boolean opposite) {
    this.opposite = opposite;
    int[] order = seeds.child("arms").rng().permutation(ARMS);
    for (int i = 0; i < ARMS; i++) {
      means[order[i]] = i == ARMS - 1 ? BEST : 0.1 * (i + 1);
    }
    best = order[ARMS - 1];
  }

  /** The arm that pays most. */
  int best() {
    return best;
  }

  private static TokenSequence tokens(int counted, int... ids) {
    float[] weights = new float[ids.length];
    Arrays.fill(weights, ids.length - counted, ids.length, 1f);
    return new TokenSequence(ids, new int[ids.length], weights);
  }

  @Override
  public Prompt prompt(Hall hall, Seeds seeds) {
    return Prompt.of(tokens(0, ARMS), seeds)
        .withMask(TokenMask.places(List.of(IntStream.range(0, ARMS).toArray())));
  }

  @Override
  public StopRule stop() {
    return StopRule.after(1);
  }

  @Override
  public String text(int[] ids) {
    return Integer.toString(ids[0]);
  }

  @Override
  public TokenSequence example(Hall hall, Arm arm) {
    return tokens(1, ARMS, arm.number);
  }

  @Override
  public ParsedEdit<Arm> read(Hall hall, String raw) {
    return raw.matches("[0-7]")
        ? new ParsedEdit.Valid<>(new Arm(Integer.parseInt(raw)))
        : new ParsedEdit.Invalid<>(InvalidReason.WRONG_SYMBOL, raw + " is no arm");
  }

  @Override
  public String write(Arm arm) {
    return Integer.toString(arm.number);
  }

  @Override
  public void evaluate(
      List<EditJob<Hall, Arm>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished) {
    for (EditJob<Hall, Arm> job : jobs) {
      double luck = CHANCE * (job.seeds().rng().nextDouble() - 0.5);
      double pay = means[job.edit().orElseThrow().number] + luck;
      double reward = Math.max(0, Math.min(1, opposite ? 1 - pay : pay));
      finished.accept(1);
      inJobOrder.accept(
          new Outcome(reward, reward, 1 - reward, Outcome.Training.NONE, "", List.of()));
    }
  }
}
