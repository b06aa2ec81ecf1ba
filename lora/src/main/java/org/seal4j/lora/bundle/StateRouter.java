package org.seal4j.lora.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.seal4j.data.check.Checks;

/**
 * Routes by what question and passages are to the model: the cosine of their mean hidden states,
 * between -1 and 1, which is the evidence as well.
 */
public final class StateRouter implements Router {
  private final List<BundleEntry> entries;
  private final List<Double> norms = new ArrayList<>();
  private final Function<String, StateVector> reader;

  /**
   * @param entries whose states are compared
   * @param reader gives the state of a question, see {@link StateReader}
   */
  public StateRouter(List<BundleEntry> entries, Function<String, StateVector> reader) {
    this.entries = List.copyOf(entries);
    this.reader = reader;
    entries.forEach(entry -> norms.add(entry.state().norm()));
  }

  @Override
  public Ranking rank(String question) {
    StateVector asked = reader.apply(question);
    Checks.require(
        asked.size() == entries.get(0).state().size(),
        "the question's state has %d numbers but those of the passages have %d; they are of"
            + " different models",
        asked.size(),
        entries.get(0).state().size());
    double norm = asked.norm();
    List<Ranking.Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      double lengths = norm * norms.get(i);
      double cosine = lengths == 0 ? 0 : asked.dot(entries.get(i).state()) / lengths;
      ranked.add(new Ranking.Ranked(entries.get(i).passage(), cosine));
    }
    ranked.sort(Ranking.ORDER);
    return new Ranking(ranked, ranked.get(0).score());
  }
}
