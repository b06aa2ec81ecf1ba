package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.SelfEdit;

/**
 * A bandit with two arms to pull at once: a self-edit is two letters, each written behind a prompt
 * of its own, and earns the share of letters that are its context's. Nothing is trained.
 */
final class Bandit
    implements EditLanguage<Bandit.Door, Bandit.Letters>,
        EditFormat<Bandit.Door, Bandit.Letters>,
        Executor<Bandit.Door, Bandit.Letters> {
  static final int LETTERS = 6;
  private static final int PARTS = 2;

  /** Letters are the first ids; prompts are spelled with the next ones. */
  static final int VOCABULARY = LETTERS + PARTS + 2;

  /** What is asked; the wanted letter is hidden in it. */
  record Door(String id, String family, int wanted) implements Context {}

  record Letters(String text) implements SelfEdit {}

  /** Doors of both families; each family wants a letter of its own. */
  static List<Door> doors(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Door("door-" + i, "family-" + i % 2, i % 2 == 0 ? 1 : 4))
        .toList();
  }

  private static int[] prompt(Door door, int part) {
    return new int[] {LETTERS + PARTS + (door.wanted == 1 ? 0 : 1), LETTERS + part};
  }

  private static TokenSequence sequence(int[] ids, int from) {
    float[] weights = new float[ids.length];
    Arrays.fill(weights, from, ids.length, 1f);
    return new TokenSequence(ids, new int[ids.length], weights);
  }

  @Override
  public List<Prompt> prompts(Door door, Seeds seeds) {
    List<Prompt> prompts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      int[] ids = prompt(door, part);
      prompts.add(Prompt.of(sequence(ids, ids.length), seeds.child("part", part)));
    }
    return prompts;
  }

  @Override
  public StopRule stop() {
    return StopRule.after(1);
  }

  @Override
  public String text(List<int[]> parts) {
    return parts.get(0)[0] + " " + parts.get(1)[0];
  }

  @Override
  public List<TokenSequence> examples(Door door, Letters edit) {
    List<TokenSequence> examples = new ArrayList<>();
    String[] letters = edit.text.split(" ", -1);
    for (int part = 0; part < PARTS; part++) {
      int[] ids = Arrays.copyOf(prompt(door, part), 3);
      ids[2] = Integer.parseInt(letters[part]);
      examples.add(sequence(ids, 2));
    }
    return examples;
  }

  @Override
  public ParsedEdit<Letters> read(Door door, String raw) {
    return Arrays.stream(raw.split(" ", -1)).allMatch(id -> Integer.parseInt(id) < LETTERS)
        ? new ParsedEdit.Valid<>(new Letters(raw))
        : new ParsedEdit.Invalid<>("NO_LETTER", "an id is no letter");
  }

  @Override
  public String write(Letters edit) {
    return edit.text;
  }

  @Override
  public void evaluate(
      List<EditJob<Door, Letters>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished) {
    for (EditJob<Door, Letters> job : jobs) {
      String wanted = Integer.toString(job.context().wanted);
      String[] letters = job.edit().orElseThrow().text.split(" ", -1);
      double reward =
          (double) Arrays.stream(letters).filter(wanted::equals).count() / letters.length;
      finished.accept(1);
      inJobOrder.accept(
          new Outcome(reward, reward, 2 - reward, Outcome.Training.NONE, wanted, List.of()));
    }
  }
}
