package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.ArticleSplit;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageHash;
import org.seal4j.rl.experiment.LoopPlan;
import org.seal4j.rl.passage.PassageContext;

/**
 * Which passages serve for what. Articles are split by their titles; of each held-out title one
 * passage is examined, so that the passages of the table share no source.
 *
 * @param rounds the passages of each round
 * @param evaluated held-out passages, of different titles
 * @param hashes SHA-256 of the inputs by name
 * @param note what a person should know about the choice
 */
record StudyPlan(
    List<List<PassageContext>> rounds,
    List<PassageContext> evaluated,
    Map<String, String> hashes,
    String note) {
  /** How the inputs of a run name the evaluated passages. */
  static final String EVALUATED = "evaluation passages";

  /** The plan of a recipe. */
  static StudyPlan of(StudyKeys recipe, Seeds root) {
    Seeds seeds = root.child("passages");
    List<Passage> all = recipe.data().read();
    ArticleSplit split = ArticleSplit.of(all, recipe.data().loop(), recipe.data().development());
    List<List<Passage>> pool =
        switch (recipe.evaluate().pool()) {
          case DEVELOPMENT -> split.development();
          case CONFIRMATION -> split.confirmation();
        };
    List<Passage> evaluated = oneOfEach(pool, seeds.child("evaluated"));
    evaluated = evaluated.subList(0, Math.min(recipe.evaluate().contexts(), evaluated.size()));
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("all passages", PassageHash.sha256(all));
    hashes.put(EVALUATED, PassageHash.sha256(evaluated));
    String note =
        "%d passages of %d articles: %d articles for the loop, %d for development, %d for"
            .formatted(
                all.size(),
                split.loop().size() + split.development().size() + split.confirmation().size(),
                split.loop().size(),
                split.development().size(),
                split.confirmation().size());
    int questions = evaluated.stream().mapToInt(passage -> passage.questions().size()).sum();
    return new StudyPlan(
        rounds(recipe, split.loop(), seeds.child("loop")),
        evaluated.stream().map(PassageContext::new).toList(),
        hashes,
        note
            + " confirmation; examined are %d passages of as many titles, with %d questions"
                .formatted(evaluated.size(), questions));
  }

  private static List<Passage> oneOfEach(List<List<Passage>> articles, Seeds seeds) {
    List<Passage> one = new ArrayList<>();
    for (List<Passage> article : articles) {
      String title = article.get(0).title();
      one.add(article.get(seeds.child("title", title).rng().permutation(article.size())[0]));
    }
    return one;
  }

  /** Articles take turns, so that a round has as many of them as it can. */
  private static List<List<PassageContext>> rounds(
      StudyKeys recipe, List<List<Passage>> articles, Seeds seeds) {
    if (recipe.arms().stream().noneMatch(ArmKeys::reinforced)) {
      return List.of();
    }
    int size = recipe.loop().contextsPerRound();
    int count = recipe.loop().rounds();
    List<Passage> turns = new ArrayList<>();
    int longest = articles.stream().mapToInt(List::size).max().orElse(0);
    for (int turn = 0; turn < longest; turn++) {
      for (List<Passage> article : articles) {
        if (turn < article.size()) {
          int[] order =
              seeds.child("title", article.get(0).title()).rng().permutation(article.size());
          turns.add(article.get(order[turn]));
        }
      }
    }
    Checks.require(
        size * count <= turns.size(),
        "loop.rounds %d of loop.contextsPerRound %d passages need %d, but the articles for the loop"
            + " have %d; raise data.loop or name more files",
        count,
        size,
        size * count,
        turns.size());
    return LoopPlan.rounds(turns.stream().map(PassageContext::new).toList(), count, size);
  }

  /** The same for a loop. */
  LoopPlan<PassageContext> loop(int editsPerContext) {
    return new LoopPlan<>(rounds, evaluated, editsPerContext);
  }
}
