package org.seal4j.lora.bundle;

import java.util.List;
import org.seal4j.data.search.PassageIndex;

/**
 * Routes by the words that question and passage share ({@link PassageIndex}). The evidence is the
 * best score in units of the weight of a word that no passage has, so that it means about the same
 * for few passages and for many: 1 is as much as one very rare word is worth. It is at least 0.
 */
public final class Bm25Router implements Router {
  /** More are of no use to anybody. */
  private static final int MOST = 100;

  private final PassageIndex index;

  /** Over these passages, title included. */
  public Bm25Router(List<BundleEntry> entries) {
    index =
        PassageIndex.of(
            entries.stream()
                .map(entry -> new PassageIndex.Entry(entry.passage(), entry.whole()))
                .toList());
  }

  @Override
  public Ranking rank(String question) {
    List<Ranking.Ranked> ranked =
        index.search(question, MOST).stream()
            .map(hit -> new Ranking.Ranked(hit.id(), hit.score()))
            .toList();
    return ranked.isEmpty()
        ? Ranking.none()
        : new Ranking(ranked, ranked.get(0).score() / index.rarest());
  }

  @Override
  public void close() {
    index.close();
  }
}
