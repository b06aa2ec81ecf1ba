package org.example.reversal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.example.reversal.Reversal.Rate;
import org.example.reversal.Reversal.Word;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.Weights;
import org.seal4j.model.train.BatchShape;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.ConditionedLoop;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.experiment.LoopPlan;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.experiment.Pretraining;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.keys.EvaluateKeys;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.keys.ReinforceKeys;
import org.seal4j.rl.reward.LearnedScreen;

/** The kind {@code reversal}: SEAL on words to be written backwards. */
public final class ReversalExperiment implements Experiment<ReversalKeys> {
  private static final int LENGTH = 4;

  @Override
  public String kind() {
    return "reversal";
  }

  @Override
  public Class<ReversalKeys> keys() {
    return ReversalKeys.class;
  }

  /** The self-edits of the rounds, and of the evaluations before, between and after them. */
  @Override
  public Forecast forecast(ReversalKeys recipe) {
    LoopKeys loop = recipe.loop();
    EvaluateKeys evaluate = recipe.evaluate();
    long written = (long) loop.rounds() * loop.contextsPerRound() * loop.editsPerContext();
    long evaluated = (loop.rounds() + 1L) * evaluate.editsPerContext() + 1;
    double weights =
        MemoryNeed.ofWeights(recipe.model().config(Reversal.TOKENS.length(), 0, false)).bytes();
    return new Forecast(
        weights, loop.rounds() + 1, written + evaluated * evaluate.contexts(), true);
  }

  @Override
  public Findings run(Lab lab, ReversalKeys recipe) {
    lab.inputs(Map.of());
    Reversal domain = new Reversal(recipe.inner().passes());
    LocalLoop.How how =
        new LocalLoop.How(
            recipe.inner().config(),
            recipe.inner().trials(lab.seeds()),
            recipe.policy().sampling(),
            recipe.learn().fit(),
            ReinforceKeys.config(
                recipe.learning(), recipe.reinforce(), recipe.learn(), recipe.loop()));
    Path checkpoints = lab.folder("checkpoints");
    try (Pretrained pretrained = lab.pretrained(pretraining(lab.seeds(), recipe));
        Roles roles =
            recipe.loop().roles(new SharedModel(pretrained.weights(), lab.workers()));
        LocalLoop<Word, Rate> local = new LocalLoop<>(lab, roles, domain, how);
        Journal journal = Journal.open(lab.folder())) {
      local.begin(checkpoints);
      LoopPorts<Word, Rate> ports = local.ports(journal, checkpoints);
      RewardRule reward = RewardRule.named(recipe.loop().reward());
      Optional<LearnedScreen<Word, Rate>> screen = recipe.loop().screened(domain);
      ConditionedLoop<Word, Rate> loop =
          new ConditionedLoop<>(
              lab,
              ports
                  .withRewards(reward.executor(domain, ports.executor()))
                  .withScreen(screen.orElse(null)),
              recipe.loop().config(recipe.learning()),
              plan(lab.seeds(), recipe),
              lab.seeds().child("loop"));
      loop.condition("no self-edit", "no-edit", EditSource.none(), 1);
      loop.withoutRl();
      Phases phases = loop.rounds();
      return Findings.of(
              new ResultTable("words written backwards", phases, lab.seeds())
                  .results(List.of(Phases.NO_RL_LABEL)),
              "one adapter per self-edit, asked for the reversal of the word it was trained on")
          .withFacts(screen.map(CommonFacts::screen).orElse(List.of()));
    }
  }

  /** Words of the rounds and of the evaluations, all different. */
  private static LoopPlan<Word> plan(Seeds seeds, ReversalKeys recipe) {
    int perRound = recipe.loop().contextsPerRound();
    int training = recipe.loop().rounds() * perRound;
    Rng rng = seeds.child("words").rng();
    List<Word> words =
        Stream.generate(() -> letters(rng))
            .distinct()
            .limit(training + recipe.evaluate().contexts())
            .map(word -> new Word(word, word))
            .toList();
    List<List<Word>> rounds =
        IntStream.range(0, recipe.loop().rounds())
            .mapToObj(r -> words.subList(r * perRound, (r + 1) * perRound))
            .toList();
    return new LoopPlan<>(
        rounds, words.subList(training, words.size()), recipe.evaluate().editsPerContext());
  }

  private static String letters(Rng rng) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      word.append(Reversal.TOKENS.charAt(rng.nextInt(8)));
    }
    return word.toString();
  }

  /** Pretraining teaches what self-edits look like, each as likely as another, and to repeat words. */
  private static Pretraining pretraining(Seeds seeds, ReversalKeys recipe) {
    int batch = recipe.pretrain().size();
    return new Pretraining(
        recipe.model().config(Reversal.TOKENS.length(), 0, false),
        recipe.pretrain().training(),
        List.of(new BatchShape(batch, 2 * LENGTH)),
        recipe.pretrain().embeddingStd(),
        recipe.pretrain().residualScale(),
        number -> batch(seeds.child("text", number).rng(), batch),
        seeds.child("pretraining"),
        List.of("words of " + LENGTH + " letters"),
        recipe.pretrain().checkpointEvery());
  }

  private static List<TokenSequence> batch(Rng rng, int size) {
    List<TokenSequence> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String word = letters(rng);
      batch.add(
          i % 2 == 0
              ? Reversal.tokens(word + ">" + word, LENGTH)
              : Reversal.tokens(word + "!" + rng.nextInt(Reversal.RATES.size()), 1));
    }
    return batch;
  }

  @Override
  public void describe(ReversalKeys recipe, Description to) {
    try (Weights weights =
        Weights.random(
            recipe.model().config(Reversal.TOKENS.length(), 0, false), 1, 1, Seeds.of(0))) {
      to.model(weights);
      to.innerLoopStep("Inner-loop step", weights, recipe.inner().config(), 2 * LENGTH);
    }
  }
}
