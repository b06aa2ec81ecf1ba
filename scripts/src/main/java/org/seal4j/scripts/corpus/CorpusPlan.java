package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.ArticleSplit;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageHash;
import org.seal4j.scripts.corpus.SizesKeys.AskedAbout;

/**
 * Which passages there are. Titles take turns, so that the first passages are of different ones.
 *
 * @param passages of the largest corpus, and of the sequences behind them, in their order
 * @param examined what is asked about them, of different titles
 * @param hashes SHA-256 of the inputs by name
 * @param note what a person should know about the choice
 */
record CorpusPlan(
    List<Passage> passages, List<Examined> examined, Map<String, String> hashes, String note) {
  CorpusPlan {
    passages = List.copyOf(passages);
    examined = List.copyOf(examined);
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
    boolean inPairs = recipe.corpus().asking() == AskedAbout.PAIRS;
    List<PassagePairs.Pair> pairs = inPairs ? pairs(recipe, pool) : List.of();
    List<Passage> turns = inPairs(pairs, turns(pool, root.child("passages")));
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
    List<Examined> examined = new ArrayList<>();
    for (int i = 0; i < (inPairs ? pairs.size() : asked); i++) {
      examined.add(inPairs ? pairs.get(i).examined(i) : Examined.alone(taken.get(i), i));
    }
    examined.removeIf(one -> one.within() > largest);
    Checks.require(
        !examined.isEmpty(), "corpus.sizes ends with %d, but a pair has two passages", largest);
    int questions = examined.stream().mapToInt(one -> one.passage().questions().size()).sum();
    Map<String, String> hashes = new TreeMap<>();
    hashes.put("all passages", PassageHash.sha256(all));
    hashes.put("corpus", PassageHash.sha256(taken));
    String note =
        "%s of %s; asked are the %s about the first %d%s, each of another title"
            .formatted(
                Amount.of(wanted, "passage"),
                Amount.of(taken.stream().map(Passage::title).distinct().count(), "title"),
                Amount.of(questions, "question"),
                examined.size(),
                inPairs ? " pairs" : "");
    return new CorpusPlan(taken, examined, hashes, note);
  }

  private static List<PassagePairs.Pair> pairs(CorpusKeys recipe, List<List<Passage>> pool) {
    List<PassagePairs.Pair> pairs = PassagePairs.of(pool);
    Checks.require(
        !pairs.isEmpty(),
        "corpus.asking is pairs, but no question about one passage of the pool %s names the answer to"
            + " a question about another; name more files, or set corpus.asking to passages",
        recipe.corpus().pool().name().toLowerCase(Locale.ROOT));
    return pairs.subList(0, Math.min(recipe.corpus().asked(), pairs.size()));
  }

  /** The passages of pairs first, then the others. */
  private static List<Passage> inPairs(List<PassagePairs.Pair> pairs, List<Passage> turns) {
    Set<Passage> order = new LinkedHashSet<>();
    for (PassagePairs.Pair pair : pairs) {
      order.add(pair.first());
      order.add(pair.second());
    }
    order.addAll(turns);
    return List.copyOf(order);
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

  /** What is asked about it. */
  List<Examined> asked(int size) {
    return examined.stream().filter(one -> one.within() <= size).toList();
  }
}
