package org.seal4j.data.arc;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One way to change every grid of a task alike, so that the changed task is a task of the same
 * kind. Random ones are drawn once, before they are applied, and then treat all grids of a task the
 * same way. The catalogue is {@link Augmenters}.
 */
public final class Augmenter {
  private final String name;
  private final UnaryOperator<Grid> forward;
  private final @Nullable UnaryOperator<Grid> backward;

  private Augmenter(
      String name, UnaryOperator<Grid> forward, @Nullable UnaryOperator<Grid> backward) {
    this.name = name;
    this.forward = forward;
    this.backward = backward;
  }

  /** An augmenter that loses nothing: {@code backward} undoes {@code forward} on every grid. */
  static Augmenter invertible(
      String name, UnaryOperator<Grid> forward, UnaryOperator<Grid> backward) {
    return new Augmenter(name, forward, backward);
  }

  /** An augmenter without an inverse on every grid. */
  static Augmenter oneWay(String name, UnaryOperator<Grid> forward) {
    return new Augmenter(name, forward, null);
  }

  /** A short name that says what is done, random choices included. */
  public String name() {
    return name;
  }

  /** The changed grid. */
  public Grid apply(Grid grid) {
    return forward.apply(grid);
  }

  /** Both grids of the pair changed. */
  public GridPair apply(GridPair pair) {
    return new GridPair(apply(pair.input()), apply(pair.output()));
  }

  /** Every pair changed, order kept. */
  public List<GridPair> apply(List<GridPair> pairs) {
    return pairs.stream().map(this::apply).toList();
  }

  /** Every pair of the task changed, the hidden one included; id and family are kept. */
  public ArcTask apply(ArcTask task) {
    return new ArcTask(task.id(), task.family(), apply(task.demonstrations()), apply(task.test()));
  }

  /** What undoes this augmenter on any grid; empty where it does not exist. */
  public Optional<Augmenter> inverse() {
    return backward == null
        ? Optional.empty()
        : Optional.of(new Augmenter("undo-" + name, backward, forward));
  }

  /** This augmenter, then the next; it has an inverse where both have one. */
  public Augmenter then(Augmenter next) {
    UnaryOperator<Grid> first = backward;
    UnaryOperator<Grid> second = next.backward;
    return new Augmenter(
        name + "+" + next.name,
        grid -> next.apply(apply(grid)),
        first == null || second == null ? null : grid -> first.apply(second.apply(grid)));
  }

  @Override
  public String toString() {
    return name;
  }
}
