package org.seal4j.scripts.arc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seal4j.data.arc.ArcReader;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.TaskHash;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.keys.HeldOut;
import org.seal4j.rl.keys.LoopKeys;

/**
 * Real tasks: their families are split into the loop, development and confirmation ({@link
 * FamilySplit}). A family is a folder (a 1D-ARC type, a concept), or a single source task where
 * nothing groups them. Where {@code data.evaluation} names another folder, its tasks are those of
 * confirmation, without the families that the loop and development have.
 */
final class FolderPlan {
  private final ArcKeys config;
  private final Seeds seeds;
  private final Fitting fitting;
  private final List<LeftOut> leftOut = new ArrayList<>();

  FolderPlan(ArcKeys config, Seeds seeds) {
    this.config = config;
    this.seeds = seeds.child("tasks");
    this.fitting = new Fitting(config, leftOut);
  }

  TaskPlan plan() {
    DataKeys data = config.data();
    List<ArcTask> all = ArcReader.read(data.folder());
    Map<String, List<ArcTask>> families = byFamily(once(fitting.keep(all), new Copies()));
    Checks.require(
        families.size() >= FamilySplit.POOLS,
        "%s has tasks of %d families that fit the model, but the loop, development and confirmation"
            + " need at least one each; of its %d tasks %s were left out%s",
        data.folder(),
        families.size(),
        all.size(),
        leftOut.isEmpty() ? "none" : leftOut.size(),
        leftOut.isEmpty() ? "; name a folder of more tasks" : ": " + Notes.withCure(leftOut));
    FamilySplit split = FamilySplit.of(families.keySet(), data.heldOut());
    List<ArcTask> forLoop = turns("loop", families, split.loop());
    List<ArcTask> forDevelopment = turns("development", families, split.development());
    List<String> notes = new ArrayList<>();
    List<ArcTask> forConfirmation;
    if (data.evaluation() == null) {
      forConfirmation = turns("confirmation", families, split.confirmation());
      notes.add(
          "%d of %d tasks fit the model: %d for the loop (%d families), %d for development (%d), %d"
                  .formatted(
                      forLoop.size() + forDevelopment.size() + forConfirmation.size(),
                      all.size(),
                      forLoop.size(),
                      split.loop().size(),
                      forDevelopment.size(),
                      split.development().size(),
                      forConfirmation.size())
              + " for confirmation (%d)".formatted(split.confirmation().size()));
    } else {
      forConfirmation = elsewhere(data.evaluation(), split, forLoop, forDevelopment, notes);
    }
    boolean confirm = config.evaluate().pool() == HeldOut.CONFIRMATION;
    List<ArcTask> held = confirm ? forConfirmation : forDevelopment;
    noteFewer(notes, "evaluate.contexts", config.evaluate().contexts(), held.size());
    noteFewer(notes, "gate.tasks", config.gate().tasks(), forDevelopment.size());
    List<ArcTask> evaluation = first(held, config.evaluate().contexts());
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("all tasks", TaskHash.sha256(all));
    hashes.put("evaluation tasks", TaskHash.sha256(evaluation));
    return new TaskPlan(
        rounds(forLoop, notes),
        first(forDevelopment, config.gate().tasks()),
        evaluation,
        leftOut,
        hashes,
        notes);
  }

  /** The tasks of another folder that neither the loop nor development may have seen. */
  private List<ArcTask> elsewhere(
      Path folder,
      FamilySplit split,
      List<ArcTask> forLoop,
      List<ArcTask> forDevelopment,
      List<String> notes) {
    List<ArcTask> all = ArcReader.read(folder);
    Set<String> used = new HashSet<>(split.loop());
    used.addAll(split.development());
    Copies copies = new Copies();
    Stream.concat(forLoop.stream(), forDevelopment.stream()).forEach(copies::add);
    List<ArcTask> fresh = new ArrayList<>();
    int known = 0;
    for (ArcTask task : fitting.keep(all)) {
      if (used.contains(task.family()) || copies.has(task)) {
        known++;
      } else {
        fresh.add(task);
      }
    }
    fresh = once(fresh, copies);
    Checks.require(
        !fresh.isEmpty(),
        "data.evaluation: none of the %d tasks in %s can be evaluated: %d do not fit the model, %d"
            + " are of families that the loop or development has, or are tasks of theirs; name a"
            + " folder of other tasks",
        all.size(),
        folder,
        all.size() - known,
        known);
    Map<String, List<ArcTask>> families = byFamily(fresh);
    notes.add(
        "%d tasks for the loop (%d families) and %d for development (%d) of data.tasks; %d for"
                .formatted(
                    forLoop.size(),
                    split.loop().size(),
                    forDevelopment.size(),
                    split.development().size(),
                    fresh.size())
            + " confirmation (%d) of the %d of data.evaluation, of which %d are of families that the"
                .formatted(families.size(), all.size(), known)
            + " loop or development has");
    return turns("confirmation", families, List.copyOf(families.keySet()));
  }

  /** Each task once: a copy under another name is left out. */
  private List<ArcTask> once(List<ArcTask> tasks, Copies copies) {
    List<ArcTask> once = new ArrayList<>();
    for (ArcTask task : tasks) {
      if (copies.add(task)) {
        once.add(task);
      } else {
        leftOut.add(new LeftOut(task.id(), task.family(), Copies.REASON));
      }
    }
    return once;
  }

  private static void noteFewer(List<String> notes, String key, int asked, int there) {
    if (asked > there) {
      notes.add(
          "%s is %,d, but there are %,d such tasks: all are taken".formatted(key, asked, there));
    }
  }

  private static Map<String, List<ArcTask>> byFamily(List<ArcTask> tasks) {
    Map<String, List<ArcTask>> families = new TreeMap<>();
    tasks.forEach(
        task -> families.computeIfAbsent(task.family(), family -> new ArrayList<>()).add(task));
    return families;
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
  private List<ArcTask> turns(
      String pool, Map<String, List<ArcTask>> families, List<String> chosen) {
    List<List<ArcTask>> shuffled = new ArrayList<>();
    for (String family : chosen) {
      List<ArcTask> tasks = new ArrayList<>(families.getOrDefault(family, List.of()));
      seeds.child(pool, family).rng().shuffle(tasks);
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
}
