package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.PassageHash;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.data.world.Story;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.experiment.LoopPlan;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/** Passages of an invented world: no person of the loop is in an evaluation. */
final class WorldPlan {
  private final PassageKeys config;
  private final InventedWorld world;

  WorldPlan(PassageKeys config, InventedWorld world) {
    this.config = config;
    this.world = world;
  }

  PassagePlan plan() {
    int perRound = config.loop().contextsPerRound();
    List<Story> loop = stories(PersonPool.LOOP, perRound * config.loop().rounds(), "loop.rounds");
    List<List<PassageContext>> rounds =
        LoopPlan.rounds(contexts(loop), config.loop().rounds(), perRound);
    List<Story> evaluated =
        stories(
            PersonPool.valueOf(config.evaluate().pool().name()),
            config.evaluate().contexts(),
            "evaluate.contexts");
    Map<String, Story> byId = new LinkedHashMap<>();
    evaluated.forEach(story -> byId.put(story.passage().id(), story));
    EditSource<PassageContext, KnowledgeEdit> teacher =
        EditSource.given(
            (context, index, rng) ->
                new KnowledgeEdit(
                    config
                        .teacher()
                        .writeAll(
                            Checks.present(
                                byId.get(context.id()), "no story is called %s", context.id()),
                            rng)));
    return new PassagePlan(
        rounds,
        contexts(evaluated),
        Optional.of(teacher),
        byId,
        Map.of("loop passages", hash(loop), "evaluation passages", hash(evaluated)),
        List.of());
  }

  private List<Story> stories(PersonPool pool, int count, String key) {
    Checks.require(
        count <= world.stories(pool),
        "%s asks for %d passages but pool %s has %d",
        key,
        count,
        pool,
        world.stories(pool));
    List<Story> stories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stories.add(world.story(pool, i));
    }
    return stories;
  }

  private static List<PassageContext> contexts(List<Story> stories) {
    return stories.stream().map(story -> new PassageContext(story.passage())).toList();
  }

  private static String hash(List<Story> stories) {
    return PassageHash.sha256(stories.stream().map(Story::passage).toList());
  }
}
