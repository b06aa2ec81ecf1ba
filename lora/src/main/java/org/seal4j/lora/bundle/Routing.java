package org.seal4j.lora.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Nearest;

/** Sends questions to passages: a router, the gate before it, and how many passages are taken. */
public final class Routing implements AutoCloseable {
  private final Map<String, BundleEntry> entries = new TreeMap<>();
  private final Router router;
  private final Gate gate;
  private final int top;

  /**
   * @param router closed with this
   * @param gate that the router's evidence is held against
   * @param top passages whose adapters are summed, at most; at least 1
   */
  public Routing(BundleContents bundle, Router router, Gate gate, int top) {
    Checks.require(top >= 1, "at least one passage must be taken but it was %d", top);
    bundle.entries().forEach(entry -> entries.put(entry.passage(), entry));
    this.router = router;
    this.gate = gate;
    this.top = top;
  }

  /** Where a question goes; each adapter that is taken counts in full. */
  public Route route(String question) {
    Ranking ranking = router.rank(question);
    List<Route.Choice> choices = new ArrayList<>();
    if (gate.passes(ranking.evidence())) {
      ranking.passages().stream()
          .limit(top)
          .forEach(
              ranked -> {
                BundleEntry entry =
                    Nearest.get(entries, ranked.passage(), "the bundle has no passage");
                choices.add(new Route.Choice(entry, ranked.score(), 1));
              });
    }
    return new Route(choices, ranking.evidence(), gate);
  }

  @Override
  public void close() {
    router.close();
  }
}
