package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.arc.ArcReader;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.TaskHash;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.keys.HeldOut;
import org.seal4j.rl.keys.LoopKeys;

/**
 * Real tasks: their families are split into the loop, development and confirmation by the hash of
 * their names, whatever the seed, so that what is held out stays held out. A family is a folder (a
 * 1D-ARC type, a concept), or a single source task where nothing groups them.
 */
final class FolderPlan {
  private static final String SALT = "seal4j split 1";
  private static final int POOLS = 3;

  private final ArcKeys config;
  private final Seeds seeds;
  private final Fitting fitting;

  FolderPlan(ArcKeys config, Seeds seeds) {
    this.config = config;
    this.seeds = seeds.child("tasks");
    this.fitting = new Fitting(config);
  }

  TaskPlan plan() {
    List<ArcTask> all = ArcReader.read(config.data().folder());
    Map<String, List<ArcTask>> families = new TreeMap<>(Comparator.comparing(FolderPlan::order));
    for (ArcTask task : fitting.keep(all)) {
      families.computeIfAbsent(task.family(), family -> new ArrayList<>()).add(task);
    }
    Checks.require(
        families.size() >= POOLS,
        "%s has tasks of %d families that fit the model; the loop, development and confirmation"
            + " need at least one each (%d of %d tasks do not fit)",
        config.data().folder(),
        families.size(),
        fitting.leftOut().size(),
        all.size());
    List<List<ArcTask>> names = List.copyOf(families.values());
    int held = Math.max(2, (int) Math.round(config.data().heldOut() * names.size()));
    int loop = Math.max(1, names.size() - held);
    int development = loop + (names.size() - loop) / 2;
    List<ArcTask> forLoop = turns("loop", names.subList(0, loop));
    List<ArcTask> forDevelopment = turns("development", names.subList(loop, development));
    List<ArcTask> forConfirmation = turns("confirmation", names.subList(development, names.size()));
    boolean confirm = config.evaluate().pool() == HeldOut.CONFIRMATION;
    List<ArcTask> evaluation =
        first(confirm ? forConfirmation : forDevelopment, config.evaluate().contexts());
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("all tasks", TaskHash.sha256(all));
    hashes.put("evaluation tasks", TaskHash.sha256(evaluation));
    List<String> notes = new ArrayList<>();
    notes.add(
        "%d of %d tasks fit the model: %d for the loop (%d families), %d for development (%d), %d"
                .formatted(
                    forLoop.size() + forDevelopment.size() + forConfirmation.size(),
                    all.size(),
                    forLoop.size(),
                    loop,
                    forDevelopment.size(),
                    development - loop,
                    forConfirmation.size())
            + " for confirmation (%d)".formatted(names.size() - development));
    return new TaskPlan(
        rounds(forLoop, notes),
        first(forDevelopment, config.gate().tasks()),
        evaluation,
        fitting.leftOut(),
        hashes,
        notes);
  }

  /** Fresh tasks for each round as far as there are any, then from the first again. */
  private List<List<ArcTask>> rounds(List<ArcTask> tasks, List<String> notes) {
    LoopKeys loop = config.loop();
    int size = Math.min(loop.contextsPerRound(), tasks.size());
    if (size * loop.rounds() > tasks.size()) {
      notes.add(
          "%d tasks are too few for %d rounds of %d fresh ones: rounds share tasks"
              .formatted(tasks.size(), loop.rounds(), loop.contextsPerRound()));
    }
    List<List<ArcTask>> rounds = new ArrayList<>();
    for (int round = 0; round < loop.rounds(); round++) {
      List<ArcTask> chosen = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        chosen.add(tasks.get((round * size + i) % tasks.size()));
      }
      rounds.add(chosen);
    }
    return rounds;
  }

  /** Families take turns, each with its tasks in an order of the seed. */
  private List<ArcTask> turns(String pool, List<List<ArcTask>> families) {
    List<List<ArcTask>> shuffled = new ArrayList<>();
    for (List<ArcTask> family : families) {
      List<ArcTask> tasks = new ArrayList<>(family);
      seeds.child(pool, family.get(0).family()).rng().shuffle(tasks);
      shuffled.add(tasks);
    }
    seeds.child(pool).rng().shuffle(shuffled);
    List<ArcTask> turns = new ArrayList<>();
    int longest = shuffled.stream().mapToInt(List::size).max().orElse(0);
    for (int turn = 0; turn < longest; turn++) {
      for (List<ArcTask> family : shuffled) {
        if (turn < family.size()) {
          turns.add(family.get(turn));
        }
      }
    }
    return turns;
  }

  private static List<ArcTask> first(List<ArcTask> tasks, int count) {
    return tasks.subList(0, Math.min(count, tasks.size()));
  }

  private static String order(String family) {
    return ContentHash.ofTexts(List.of(SALT, family));
  }
}
