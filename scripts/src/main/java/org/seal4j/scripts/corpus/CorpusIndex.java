package org.seal4j.scripts.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.Row;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.bundle.BundleBase;
import org.seal4j.lora.bundle.BundleContents;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundleQuestion;
import org.seal4j.lora.bundle.RouteWay;
import org.seal4j.lora.bundle.StateReader;
import org.seal4j.lora.bundle.StateVector;
import org.seal4j.rl.study.AnchorTexts;

/**
 * What routers and gates know of a corpus, the same as a bundle has: texts, states, and the
 * questions that a gate is set by, those that adapters were trained on and general ones. No
 * question of the examination is among them. Each text is read by the model once, for all sizes.
 */
final class CorpusIndex implements AutoCloseable {
  /** Questions of a passage that set the gate. */
  private static final int QUESTIONS = 4;

  private final StateReader reader;
  private final BundleBase base;
  private final Map<String, StateVector> states = new HashMap<>();
  private final List<BundleEntry> entries = new ArrayList<>();
  private final List<List<BundleQuestion>> about = new ArrayList<>();

  /**
   * @param reader closed with this
   * @param baseName of the model
   * @param baseHash of its weights
   * @param passages of the largest corpus
   * @param trained rows of {@link OwnAdapters#SCHEMA}, one for each
   */
  CorpusIndex(
      StateReader reader,
      String baseName,
      String baseHash,
      LoraConfig lora,
      List<Passage> passages,
      List<Row> trained) {
    this.reader = reader;
    base = new BundleBase(baseName, baseHash, lora);
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      entries.add(entry(passage, trained.get(i)));
      about.add(
          OwnAdapters.questions(trained.get(i)).stream()
              .distinct()
              .limit(QUESTIONS)
              .map(text -> new BundleQuestion(passage.id(), text, state(text)))
              .toList());
    }
  }

  private BundleEntry entry(Passage passage, Row trained) {
    return new BundleEntry(
        passage.id(),
        passage.title(),
        passage.title(),
        passage.title(),
        passage.context(),
        trained.string("adapter"),
        trained.int64("bytes"),
        trained.float64("canary"),
        reader.of(BundleEntry.whole(passage.title(), passage.context())));
  }

  /** The state of a question. */
  StateVector state(String text) {
    return states.computeIfAbsent(text, reader::of);
  }

  /** The corpus of a size, as a bundle of its adapters. */
  BundleContents contents(int size, RouteWay way, String recipe) {
    List<BundleQuestion> questions = new ArrayList<>();
    about.subList(0, size).forEach(questions::addAll);
    AnchorTexts.generalQuestions().stream()
        .distinct()
        .forEach(text -> questions.add(new BundleQuestion("", text, state(text))));
    return new BundleContents(base, way, recipe, entries.subList(0, size), questions);
  }

  /** Bytes of what words are searched in: the titles and texts of a corpus. */
  long textBytes(int size) {
    return entries.subList(0, size).stream()
        .mapToLong(e -> e.whole().getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  /** Bytes of the states of a corpus. */
  long stateBytes(int size) {
    return (long) Float.BYTES * entries.get(0).state().size() * size;
  }

  /** Bytes of the adapters of a corpus. */
  long adapterBytes(int size) {
    return entries.subList(0, size).stream().mapToLong(BundleEntry::bytes).sum();
  }

  @Override
  public void close() {
    reader.close();
  }
}
