package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.ArticleSplit;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageHash;

/**
 * Which passages there are. Titles take turns, so that the first passages are of different ones.
 *
 * @param passages of the largest corpus, and of the sequences behind them, in their order
 * @param asked how many of them are asked about, from the first, of different titles
 * @param hashes SHA-256 of the inputs by name
 * @param note what a person should know about the choice
 */
record CorpusPlan(List<Passage> passages, int asked, Map<String, String> hashes, String note) {
  CorpusPlan {
    passages = List.copyOf(passages);
  }

  /** The plan of a recipe. */
  static CorpusPlan of(CorpusKeys recipe, Seeds root) {
    List<Passage> all = recipe.data().read();
    ArticleSplit split = ArticleSplit.of(all, recipe.data().loop(), recipe.data().development());
    List<List<Passage>> pool =
        switch (recipe.corpus().pool()) {
          case DEVELOPMENT -> split.development();
          case CONFIRMATION -> split.confirmation();
        };
    List<Passage> turns = turns(pool, root.child("passages"));
    int largest = recipe.corpus().largest();
    int wanted = Math.max(largest, Succession.reach(recipe));
    Checks.require(
        wanted <= turns.size(),
        "%s for %d passages, but the pool %s has %d of %s; name more files, raise data.words, or"
            + " lower data.questions",
        wanted > largest ? "sequence.count and sequence.passages ask" : "corpus.sizes asks",
        wanted,
        recipe.corpus().pool().name().toLowerCase(Locale.ROOT),
        turns.size(),
        Amount.of(pool.size(), "title"));
    List<Passage> taken = turns.subList(0, wanted);
    int asked = Math.min(recipe.corpus().asked(), Math.min(pool.size(), largest));
    int questions = taken.subList(0, asked).stream().mapToInt(p -> p.questions().size()).sum();
    Map<String, String> hashes = new TreeMap<>();
    hashes.put("all passages", PassageHash.sha256(all));
    hashes.put("corpus", PassageHash.sha256(taken));
    String note =
        "%s of %s; asked are the %s about the first %d, each of another title"
            .formatted(
                Amount.of(wanted, "passage"),
                Amount.of(taken.stream().map(Passage::title).distinct().count(), "title"),
                Amount.of(questions, "question"),
                asked);
    return new CorpusPlan(taken, asked, hashes, note);
  }

  private static List<Passage> turns(List<List<Passage>> articles, Seeds seeds) {
    List<Passage> turns = new ArrayList<>();
    int longest = articles.stream().mapToInt(List::size).max().orElse(0);
    for (int turn = 0; turn < longest; turn++) {
      for (List<Passage> article : articles) {
        if (turn < article.size()) {
          String title = article.get(0).title();
          turns.add(
              article.get(seeds.child("title", title).rng().permutation(article.size())[turn]));
        }
      }
    }
    return turns;
  }

  /** The corpus of this size. */
  List<Passage> corpus(int size) {
    return passages.subList(0, size);
  }

  /** The passages of it that are asked about. */
  List<Passage> asked(int size) {
    return passages.subList(0, Math.min(asked, size));
  }
}
