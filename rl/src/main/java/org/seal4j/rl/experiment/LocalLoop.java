package org.seal4j.rl.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.SuccessiveHalving;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.rl.Context;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Learner;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.RunLog;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.inner.AdapterLearner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.PolicyLearner;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.inner.WaveExecutor;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.rl.journal.Journal;

/** The ports of a loop on the threads of this process, over models in memory. */
public final class LocalLoop<C extends Context, E extends SelfEdit> implements AutoCloseable {
  private final Lab lab;
  private final RunListener listener;
  private final SharedModel model;
  private final Domain<C, E> domain;
  private final EditLanguage<C, E> language;
  private final How how;
  private final WaveExecutor<C, E> inner;
  private final TimedExecutor<C, E> executor;
  private @Nullable WeightsStore first;

  /**
   * How edits are written, applied and learned from.
   *
   * @param inner how adapters are trained
   * @param trials how often each edit is
   * @param sampling of self-edits
   * @param learn how the policy is fitted to the selected edits
   * @param reinforce how it learns from good and bad ones instead; null for by fitting alone
   */
  public record How(
      InnerLoopConfig inner,
      Trials trials,
      Sampling sampling,
      AdapterFit.Config learn,
      PolicyLearner.@Nullable Config reinforce) {

    /** The same with a policy that is fitted to the selected edits. */
    public How(InnerLoopConfig inner, Trials trials, Sampling sampling, AdapterFit.Config learn) {
      this(inner, trials, sampling, learn, null);
    }
  }

  /**
   * @param roles the policy, and the model that is adapted
   * @param domain what the loop is about, and how a model writes its edits
   */
  public <D extends Domain<C, E> & EditLanguage<C, E>> LocalLoop(
      Lab lab, Roles roles, D domain, How how) {
    this.lab = lab;
    this.listener = lab.listener();
    this.model = roles.policy();
    this.domain = domain;
    this.language = domain;
    this.how = how;
    inner = new WaveExecutor<>(roles.adapted(), domain, how.inner, how.trials);
    executor = new TimedExecutor<>(inner, model.workers().size());
  }

  /**
   * Goes back to the policy that no round has changed, or keeps the present one as that.
   *
   * @param checkpoints folder where it is kept
   */
  public void begin(Path checkpoints) {
    first = store(checkpoints);
    first.begin(SealLoop.policyName(0));
  }

  /** The policies that are kept in a folder of the run. */
  public WeightsStore store(Path checkpoints) {
    String place = lab.folder().relativize(checkpoints).toString().replace('\\', '/');
    return new WeightsStore(checkpoints, model.weights(), lab.identity() + "/" + place);
  }

  /** Applies and examines edits, and counts the time that takes. */
  public Executor<C, E> executor() {
    return executor;
  }

  /** The same for edits of rounds, of which the worse ones are trained but a part of the way. */
  public Executor<C, E> halving(SuccessiveHalving by) {
    return executor.with(inner.halving(by));
  }

  /** How fast edits were applied and examined so far. */
  public EditSpeed speed() {
    return executor.speed();
  }

  /**
   * The ports of a loop.
   *
   * @param journal where its rows go
   * @param checkpoints folder where its policy is kept round by round
   */
  public LoopPorts<C, E> ports(Journal journal, Path checkpoints) {
    return new LoopPorts<>(
        new ModelPolicy<>(model, language, how.sampling),
        domain.format(),
        executor,
        learner(),
        store(checkpoints),
        new Told<>(journal.edits(), listener::evaluated),
        new Told<>(journal.learning(), listener::learned),
        listener);
  }

  private Learner<C, E> learner() {
    return how.reinforce == null
        ? new AdapterLearner<>(model, language, how.learn)
        : new PolicyLearner<>(model, language, how.reinforce, this::start);
  }

  private Weights start() {
    WeightsStore kept =
        Checks.present(first, "the policy that no round has changed is asked for before begin()");
    return kept.open(SealLoop.policyName(0));
  }

  /** A log that tells of each row once it is on disk. */
  private record Told<R>(RunLog<R> log, Consumer<R> tell) implements RunLog<R> {
    @Override
    public List<R> existing() {
      return log.existing();
    }

    @Override
    public void append(R row) {
      log.append(row);
      tell.accept(row);
    }
  }

  @Override
  public void close() {
    inner.close();
  }
}
