package org.seal4j.lora.train;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.train.Checkpoint;
import org.seal4j.model.train.Resumable;

/** The training of one group of adapters, with checkpoints. */
final class GroupTraining implements Resumable, AutoCloseable {
  /** Floats whose sum is any loss to the last bit of a double. */
  private static final int PARTS = 3;

  private final GroupTrainer trainer;
  private final List<InnerLoopTask> tasks;
  private final int[] steps;

  /** Of every step, adapter by adapter. */
  private final INDArray losses;

  private int step;

  /**
   * @param tasks as for {@link GroupTrainer#train}
   * @param steps of each of them
   */
  GroupTraining(GroupTrainer trainer, List<InnerLoopTask> tasks, int[] steps) {
    this.trainer = trainer;
    this.tasks = tasks;
    this.steps = steps;
    losses = Tensors.zeros(tasks.size(), steps[0], PARTS);
  }

  /**
   * Trains to the end, from the checkpoint where there is one.
   *
   * @param every steps between checkpoints
   * @return training loss of every step of each adapter
   */
  List<double[]> run(Path checkpoint, String origin, int every) {
    trainer.begin();
    trainer.fresh(tasks);
    if (Files.exists(checkpoint)) {
      Checkpoint.load(this, checkpoint, origin);
    }
    while (step < steps[0]) {
      int to = (int) Math.min(steps[0], (step / every + 1L) * every);
      keep(trainer.advance(tasks, step, to));
      step = to;
      if (step < steps[0]) {
        Checkpoint.save(this, checkpoint, origin);
      }
    }
    return curves();
  }

  private void keep(List<double[]> more) {
    FloatBuffer all = Tensors.of(losses).f();
    for (int i = 0; i < more.size(); i++) {
      for (int k = 0; k < more.get(i).length; k++) {
        double rest = more.get(i)[k];
        for (int part = 0; part < PARTS; part++) {
          float rounded = (float) rest;
          all.put((i * steps[0] + step + k) * PARTS + part, rounded);
          rest -= rounded;
        }
      }
    }
  }

  private List<double[]> curves() {
    FloatBuffer all = Tensors.of(losses).f();
    List<double[]> curves = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      double[] curve = new double[steps[i]];
      for (int k = 0; k < curve.length; k++) {
        for (int part = PARTS - 1; part >= 0; part--) {
          curve[k] += all.get((i * steps[0] + k) * PARTS + part);
        }
      }
      curves.add(curve);
    }
    return curves;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public Map<String, INDArray> state() {
    Map<String, INDArray> state = trainer.state();
    state.put("losses", losses);
    return state;
  }

  @Override
  public String configText() {
    return trainer.configText();
  }

  @Override
  public void resumeAt(long done) {
    step = Math.toIntExact(done);
  }

  @Override
  public void close() {
    losses.close();
  }
}
