package org.seal4j.scripts.run;

/**
 * One kind of recipe: a name, the record class that its YAML is read into, and what to do with it.
 *
 * @param <C> the configuration; key = record path
 */
public interface RecipeKind<C extends Record> {
  /** The value of the recipe key {@code kind}. */
  String name();

  /** The record class of all keys below the head of a recipe. */
  Class<C> configType();

  /**
   * What a run needs beyond its recipe, such as files, must be there: called before the run's
   * folder is made.
   */
  default void check(C config) {}

  /**
   * Runs a recipe. Bad input is an {@link org.seal4j.data.check.InputException}; the command line
   * shows its message alone.
   */
  void run(RunContext context, C config);

  /**
   * What the recipe builds, for {@code seal describe}: nodes, shapes, parameters, what is
   * trainable.
   */
  String describe(C config);
}
