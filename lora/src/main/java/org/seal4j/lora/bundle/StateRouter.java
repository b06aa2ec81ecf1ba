package org.seal4j.lora.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.seal4j.data.check.Checks;

/**
 * Routes by what question and passages are to the model: the cosine of their mean hidden states as
 * seen from an origin, between -1 and 1, which is the evidence as well. States of a model lie in a
 * narrow cone; from the mean of states of other texts they are further apart (Mu and Viswanath
 * 2018, "All-but-the-Top", arXiv 1702.01417), which finds half as many passages again.
 */
public final class StateRouter implements Router {
  private final List<BundleEntry> entries;
  private final List<StateVector> states;
  private final StateVector origin;
  private final List<Double> norms = new ArrayList<>();
  private final Function<String, StateVector> reader;

  /**
   * @param entries whose states are compared
   * @param origin that they are seen from
   * @param reader gives the state of a question, see {@link StateReader}
   */
  public StateRouter(
      List<BundleEntry> entries, StateVector origin, Function<String, StateVector> reader) {
    this.entries = List.copyOf(entries);
    this.origin = origin;
    this.reader = reader;
    this.states = entries.stream().map(entry -> entry.state().minus(origin)).toList();
    states.forEach(state -> norms.add(state.norm()));
  }

  @Override
  public Ranking rank(String question) {
    StateVector asked = reader.apply(question);
    Checks.require(
        asked.size() == origin.size(),
        "the question's state has %d numbers but those of the passages have %d; they are of"
            + " different models",
        asked.size(),
        origin.size());
    StateVector seen = asked.minus(origin);
    double norm = seen.norm();
    List<Ranking.Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      double lengths = norm * norms.get(i);
      double cosine = lengths == 0 ? 0 : seen.dot(states.get(i)) / lengths;
      ranked.add(new Ranking.Ranked(entries.get(i).passage(), cosine));
    }
    ranked.sort(Ranking.ORDER);
    return new Ranking(ranked, ranked.get(0).score());
  }
}
