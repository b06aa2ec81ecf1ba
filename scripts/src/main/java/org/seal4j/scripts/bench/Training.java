package org.seal4j.scripts.bench;

import java.util.List;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;

/** One model in training: forward, backward, clipping and optimizer. */
final class Training implements AutoCloseable {
  /** Steps after which the data starts over. */
  private static final int BATCHES = 8;

  private static final long ENDLESS = 1_000_000;
  private static final double LEARNING_RATE = 1e-3;
  private static final double MUON_LEARNING_RATE = 0.02;

  private final BenchModel model;
  private final OptimizerSpec optimizer;
  private final Weights weights;
  private final Workers workers = new Workers(1);
  private final Trainer trainer;

  Training(BenchModel model, OptimizerSpec optimizer) {
    this.model = model;
    this.optimizer = optimizer;
    weights = model.weights();
    TrainConfig config =
        new TrainConfig(
            ENDLESS,
            model.batch(),
            1,
            optimizer,
            LEARNING_RATE,
            MUON_LEARNING_RATE,
            Schedule.CONSTANT,
            0,
            1,
            AdamWConfig.defaults());
    trainer = new Trainer(weights, config, model.time(), workers);
  }

  String name() {
    return name(model, optimizer);
  }

  static String name(BenchModel model, OptimizerSpec optimizer) {
    return "train-" + model.label() + "-" + optimizer.name();
  }

  /** One optimizer step; the loss before it in nats per token. */
  double step() {
    return trainer.train(model.batch(trainer.step() % BATCHES));
  }

  Workload workload() {
    boolean small = model == BenchModel.SMALL;
    return new Workload(name(), small ? 60 : 3, small ? 5 : 1, this::step);
  }

  /** Where the time of forward and backward goes; the optimizer is not in it. */
  static OpProfile profile(BenchModel model, int runs) {
    try (Weights weights = model.weights();
        Worker worker = new Worker()) {
      BatchShape shape = new BatchShape(model.batch(), model.time());
      try (LmStep step = LmStep.of(weights, name -> true, shape, worker)) {
        BatchFiller filler = new BatchFiller(step.plan(), shape);
        filler.fill(0, model.batch(0), 1.0 / shape.rows());
        return OpProfile.of(step.plan(), runs);
      }
    }
  }

  /** Whether a training step of this model is asked for. */
  static boolean isWanted(BenchModel model, Stopwatch watch) {
    return watch.wants(name(model, OptimizerSpec.ADAMW), name(model, OptimizerSpec.MUON));
  }

  /** Times the steps of both optimizers. */
  static void time(BenchModel model, Stopwatch watch) {
    if (isWanted(model, watch)) {
      try (Training adamW = new Training(model, OptimizerSpec.ADAMW);
          Training muon = new Training(model, OptimizerSpec.MUON)) {
        watch.time(List.of(adamW.workload(), muon.workload()));
      }
    }
  }

  @Override
  public void close() {
    trainer.close();
    workers.close();
    weights.close();
  }
}
