package org.seal4j.lora.bundle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;

/** Sets the gates of a bundle by the questions that it has, whose states it has, too. */
public final class Gates {
  private final Map<RouteBy, List<Double>> known = new EnumMap<>(RouteBy.class);
  private final Map<RouteBy, List<Double>> unknown = new EnumMap<>(RouteBy.class);

  private Gates() {
    for (RouteBy by : RouteBy.values()) {
      known.put(by, new ArrayList<>());
      unknown.put(by, new ArrayList<>());
    }
  }

  /** The gate of each way, by its name; each question is ranked once by words and by states. */
  public static Map<String, Gate> of(BundleContents bundle) {
    Map<String, StateVector> states = new TreeMap<>();
    bundle.questions().forEach(question -> states.put(question.text(), question.state()));
    Gates gates = new Gates();
    try (Router words = RouteBy.BM25.router(bundle, text -> read(states, text));
        Router meaning = RouteBy.STATES.router(bundle, text -> read(states, text))) {
      for (BundleQuestion question : bundle.questions()) {
        Ranking byWords = words.rank(question.text());
        Ranking byStates = meaning.rank(question.text());
        gates.add(RouteBy.BM25, question, byWords);
        gates.add(RouteBy.STATES, question, byStates);
        gates.add(RouteBy.BOTH, question, FusedRouter.fused(List.of(byWords, byStates)));
      }
    }
    Map<String, Gate> all = new TreeMap<>();
    for (RouteBy by : RouteBy.values()) {
      all.put(by.toString(), Gate.between(list(gates.known, by), list(gates.unknown, by)));
    }
    return all;
  }

  private static StateVector read(Map<String, StateVector> states, String text) {
    return Checks.present(states.get(text), "the bundle has no state of '%s'", text);
  }

  private void add(RouteBy by, BundleQuestion question, Ranking ranking) {
    list(question.known() ? known : unknown, by).add(ranking.evidence());
  }

  private static List<Double> list(Map<RouteBy, List<Double>> lists, RouteBy by) {
    return Checks.present(lists.get(by), "there is no way %s", by);
  }
}
