package org.seal4j.scripts.tuning;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seal4j.data.check.Amount;

/**
 * How a training went.
 *
 * @param losses of its steps, in nats per taught token
 * @param points the measurements, the first before the training
 * @param kept steps after which the model was as it is kept
 * @param planned steps that it would have had at most
 */
public record Course(
    List<Double> losses, List<MeasureTable.Point> points, long kept, long planned) {
  private static final int SHOWN = 6;

  public Course {
    losses = List.copyOf(losses);
    points = List.copyOf(points);
  }

  /** Whether it ended before the last step, since it got no better. */
  public boolean endedEarly() {
    return losses.size() < planned;
  }

  /** The losses of the measured rows on the way, for a person; of many measurements the last. */
  public String measurements() {
    int from = Math.max(1, points.size() - SHOWN);
    String later =
        points.subList(from, points.size()).stream()
            .map(p -> String.format(Locale.ROOT, "%.4f after step %,d", p.loss(), p.step()))
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%.4f before", points.get(0).loss())
        + (from > 1 ? ", ..." : "")
        + (later.isEmpty() ? "" : ", " + later);
  }

  /** For a person. */
  public String sentence() {
    String end =
        endedEarly()
            ? "%s of %,d, ended since the loss got no better"
                .formatted(Amount.of(losses.size(), "step"), planned)
            : Amount.of(losses.size(), "step");
    return String.format(
        Locale.ROOT,
        "%s, training loss %.3f to %.3f; kept: the model after step %,d",
        end,
        losses.get(0),
        losses.get(losses.size() - 1),
        kept);
  }
}
