package org.seal4j.rl.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of run: a name, the record that its recipe is read into, and what to do with it. Found
 * by {@link java.util.ServiceLoader}, so that a jar on the class path adds kinds; needs a public
 * constructor without arguments.
 *
 * @param <R> the keys of its recipes: a key is the path of a record component
 */
public interface Experiment<R extends Record> {
  /** The value of the recipe key {@code kind}. */
  String kind();

  /** The record class of all keys below the head of a recipe. */
  Class<R> keys();

  /**
   * What a run needs beyond its recipe, such as files, must be there: called before the run's
   * folder is made.
   */
  default void check(R recipe) {}

  /**
   * Refuses sizes that this process has not the memory for, before anything of them is made: called
   * before a recipe is run or described.
   */
  default void requireMemory(R recipe) {}

  /**
   * Keys of a recipe that name an endpoint whose answers an interrupted run has all kept, so that
   * it asks for no more.
   *
   * @param folder of the run
   */
  default Set<String> answered(R recipe, Path folder) {
    return Set.of();
  }

  /** What a run will leave on the disk; by default a report and little else. */
  default Forecast forecast(R recipe) {
    return new Forecast(0, 0, 0, false);
  }

  /**
   * Runs a recipe. It prints nothing itself: what it finds is returned, what happens on the way is
   * told to the lab. Bad input is an {@link org.seal4j.data.check.InputException}, whose sentence
   * the command line shows alone.
   */
  Findings run(Lab lab, R recipe);

  /**
   * Words behind {@code seal} of the command that a person most likely wants after a run; empty
   * where the program knows none better than another run.
   *
   * @param folder of the run, which has ended
   */
  default Optional<List<String>> next(R recipe, Path folder) {
    return Optional.empty();
  }

  /** Describes what a recipe builds, for {@code seal describe}: models and graphs. */
  void describe(R recipe, Description to);
}
