package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.ArticleSplit;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageHash;
import org.seal4j.data.squad.PassageReader;
import org.seal4j.data.squad.PassageSubset;
import org.seal4j.rl.experiment.LoopPlan;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.passage.PassageLanguage;

/**
 * Passages of a file: its articles are split into the loop, development and confirmation by the
 * hash of their titles, whatever the seed, so that what is held out stays held out. Impossible
 * questions are dropped, passages without questions too, and those that the model's context cannot
 * hold beside a self-edit.
 */
final class FilePlan {
  private static final int POOLS = 3;

  private final PassageKeys config;
  private final PassageLanguage language;
  private final Seeds seeds;

  FilePlan(PassageKeys config, PassageLanguage language, Seeds seeds) {
    this.config = config;
    this.language = language;
    this.seeds = seeds.child("passages");
  }

  PassagePlan plan() {
    List<Passage> all = passages();
    List<Passage> fitting = all.stream().filter(this::fits).toList();
    int kept = fitting.size();
    List<List<Passage>> split = ArticleSplit.articles(fitting);
    Checks.require(
        split.size() >= POOLS,
        "%s has %s with passages that fit %d tokens; the loop, development and confirmation"
            + " need at least one each (%d of %d passages do not fit)",
        config.data().passagesFile(),
        Amount.of(split.size(), "article"),
        config.prompts().maxTokens(),
        all.size() - kept,
        all.size());
    int held = Math.max(2, (int) Math.round(config.data().heldOut() * split.size()));
    int loop = Math.max(1, split.size() - held);
    int development = loop + (split.size() - loop) / 2;
    List<Passage> forLoop = shuffled("loop", split.subList(0, loop));
    List<Passage> evaluated =
        switch (config.evaluate().pool()) {
          case DEVELOPMENT -> shuffled("development", split.subList(loop, development));
          case CONFIRMATION -> shuffled("confirmation", split.subList(development, split.size()));
        };
    evaluated = evaluated.subList(0, Math.min(config.evaluate().contexts(), evaluated.size()));
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("all passages", hash(all));
    hashes.put("evaluation passages", hash(evaluated));
    String note =
        "%d of %d passages fit %d tokens; articles: %d for the loop, %d for development, %d for"
                .formatted(
                    kept,
                    all.size(),
                    config.prompts().maxTokens(),
                    loop,
                    development - loop,
                    split.size() - development)
            + " confirmation";
    return new PassagePlan(
        rounds(forLoop), contexts(evaluated), Optional.empty(), Map.of(), hashes, List.of(note));
  }

  /** All of the file, or the subset that the recipe names. */
  private List<Passage> passages() {
    List<Passage> all = PassageReader.read(config.data().passagesFile(), ImpossibleQuestions.DROP);
    PassageSubset subset = config.data().subset();
    return subset == null ? all : subset.of(all);
  }

  private boolean fits(Passage passage) {
    int room = config.prompts().maxTokens() - config.policy().longest();
    return !passage.questions().isEmpty() && language.editPromptLength(passage) <= room;
  }

  private List<List<PassageContext>> rounds(List<Passage> passages) {
    int size = config.loop().contextsPerRound();
    int count = config.loop().rounds();
    Checks.require(
        size * count <= passages.size(),
        "loop.rounds %d of loop.contextsPerRound %d fresh passages need %d but the loop's articles"
            + " have %d",
        count,
        size,
        size * count,
        passages.size());
    return LoopPlan.rounds(contexts(passages), count, size);
  }

  private List<Passage> shuffled(String pool, List<List<Passage>> articles) {
    List<Passage> passages = new ArrayList<>();
    articles.forEach(passages::addAll);
    seeds.child(pool).rng().shuffle(passages);
    return passages;
  }

  private static List<PassageContext> contexts(List<Passage> passages) {
    return passages.stream().map(PassageContext::new).toList();
  }

  private static String hash(List<Passage> passages) {
    return PassageHash.sha256(passages);
  }
}
