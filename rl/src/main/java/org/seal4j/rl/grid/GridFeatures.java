package org.seal4j.rl.grid;

import java.util.List;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;

/**
 * Describes the configuration of a test-time training as numbers: each choice that can be written
 * (1 where it was made), each pair of a learning rate and a number of epochs, and each choice times
 * each fact of the task's demonstrations.
 */
final class GridFeatures {
  private static final int FACTS = 7;
  private static final double MOST_PAIRS = 6;
  private static final double CELLS = 900;

  private final EditTokens tokens;
  private final int rates;
  private final int epochs;
  private final int choices;

  GridFeatures(EditSchema schema) {
    tokens = new EditTokens(schema);
    choices = tokens.names().size();
    rates = schema.learningRates().size();
    epochs = schema.epochChoices().size();
  }

  double[] of(ArcTask task, FewShotEdit edit) {
    double[] features = new double[choices + rates * epochs + choices * FACTS];
    int[] made = tokens.encode(edit);
    double[] facts = facts(task);
    int last = made.length - 1;
    int rate = made[last - 1] - tokens.allowed(last - 1)[0];
    int epoch = made[last] - tokens.allowed(last)[0];
    features[choices + rate * epochs + epoch] = 1;
    for (int choice : made) {
      features[choice] = 1;
      int from = choices + rates * epochs + choice * FACTS;
      System.arraycopy(facts, 0, features, from, FACTS);
    }
    return features;
  }

  /** Facts of the demonstrations, each from 0 to 1; the hidden grid has no part in them. */
  private static double[] facts(ArcTask task) {
    List<GridPair> pairs = task.demonstrations();
    double cells = 0;
    double resized = 0;
    double changed = 0;
    double colors = 0;
    double fresh = 0;
    double rows = 0;
    for (GridPair pair : pairs) {
      Grid in = pair.input();
      Grid out = pair.output();
      cells += StrictMath.log1p((double) in.height() * in.width()) / StrictMath.log1p(CELLS);
      boolean same = in.height() == out.height() && in.width() == out.width();
      resized += same ? 0 : 1;
      changed += same ? changed(in, out) : 1;
      colors += colors(in, new int[Grid.COLORS]);
      fresh += colors(out, in.counts());
      rows += in.height() == 1 ? 1 : 0;
    }
    int n = pairs.size();
    return new double[] {
      Math.min(1, n / MOST_PAIRS),
      Math.min(1, cells / n),
      resized / n,
      changed / n,
      colors / n,
      fresh / n,
      rows / n
    };
  }

  /** Share of cells whose colour is another behind the arrow. */
  private static double changed(Grid in, Grid out) {
    int other = 0;
    for (int row = 0; row < in.height(); row++) {
      for (int column = 0; column < in.width(); column++) {
        other += in.at(row, column) == out.at(row, column) ? 0 : 1;
      }
    }
    return (double) other / (in.height() * in.width());
  }

  /** Share of the colours that are in a grid and not among those counted before. */
  private static double colors(Grid grid, int[] before) {
    int[] counts = grid.counts();
    int found = 0;
    for (int color = 0; color < Grid.COLORS; color++) {
      found += counts[color] > 0 && before[color] == 0 ? 1 : 0;
    }
    return (double) found / Grid.COLORS;
  }
}
