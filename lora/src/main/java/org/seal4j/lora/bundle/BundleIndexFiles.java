package org.seal4j.lora.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.model.weights.SafeTensorsReader;

/**
 * The files of a bundle's index: texts of passages and questions as tables, their states as
 * tensors, a row a text, and the recipe.
 */
final class BundleIndexFiles {
  private static final String PASSAGES = "passages.arrow";
  private static final String QUESTIONS = "questions.arrow";
  private static final String STATES = "states.safetensors";
  private static final String RECIPE = "recipe.yaml";
  private static final String PASSAGE_STATES = "passages";
  private static final String QUESTION_STATES = "questions";
  private static final int LONGEST_RECIPE = 1 << 20;

  private static final TableSchema PASSAGE_ROWS =
      TableSchema.named("bundle_passages", 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("text", ColumnType.STRING, "The text, without the title.")
          .build();

  private static final TableSchema QUESTION_ROWS =
      TableSchema.named("bundle_questions", 1)
          .column("passage", ColumnType.STRING, "Id of the passage; empty where it is about none.")
          .column("question", ColumnType.STRING, "The question.")
          .build();

  private BundleIndexFiles() {}

  /** Writes them all into a folder. */
  static void write(Path folder, BundleContents bundle) {
    List<Row> passages = new ArrayList<>();
    for (BundleEntry entry : bundle.entries()) {
      passages.add(
          PASSAGE_ROWS.row().set("passage", entry.passage()).set("text", entry.text()).build());
    }
    ArrowTable.write(folder.resolve(PASSAGES), PASSAGE_ROWS, passages);
    List<Row> questions = new ArrayList<>();
    for (BundleQuestion question : bundle.questions()) {
      questions.add(
          QUESTION_ROWS
              .row()
              .set("passage", question.passage())
              .set("question", question.text())
              .build());
    }
    ArrowTable.write(folder.resolve(QUESTIONS), QUESTION_ROWS, questions);
    Map<String, INDArray> states = new TreeMap<>();
    states.put(PASSAGE_STATES, array(bundle.entries().stream().map(BundleEntry::state).toList()));
    if (!bundle.questions().isEmpty()) {
      states.put(
          QUESTION_STATES, array(bundle.questions().stream().map(BundleQuestion::state).toList()));
    }
    try {
      SafeTensors.write(folder.resolve(STATES), states, Map.of());
    } finally {
      states.values().forEach(INDArray::close);
    }
    AtomicFile.writeText(folder.resolve(RECIPE), bundle.recipe());
  }

  private static INDArray array(List<StateVector> states) {
    int size = states.get(0).size();
    INDArray array = Tensors.zeros(states.size(), size);
    for (int i = 0; i < states.size(); i++) {
      Tensors.of(array).f().put(i * size, states.get(i).values());
    }
    return array;
  }

  /** Reads what belongs to a manifest, and refuses what does not fit it or each other. */
  static BundleContents read(Path folder, BundleManifest manifest) {
    List<Row> passages = ArrowTable.readProven(folder.resolve(PASSAGES), PASSAGE_ROWS).rows();
    List<Row> questions = ArrowTable.readProven(folder.resolve(QUESTIONS), QUESTION_ROWS).rows();
    List<StateVector> passageStates = new ArrayList<>();
    List<StateVector> questionStates = new ArrayList<>();
    Path file = folder.resolve(STATES);
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      reader.requireProof();
      passageStates.addAll(states(reader, file, PASSAGE_STATES));
      if (!questions.isEmpty()) {
        questionStates.addAll(states(reader, file, QUESTION_STATES));
      }
    }
    List<BundleManifest.Line> lines = manifest.entries();
    requireRows(folder, "passages", passages.size(), lines.size());
    requireRows(folder, "states of passages", passageStates.size(), lines.size());
    requireRows(folder, "states of questions", questionStates.size(), questions.size());
    List<BundleEntry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      entries.add(entry(folder, lines.get(i), passages.get(i), passageStates.get(i)));
    }
    List<BundleQuestion> asked = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Row row = questions.get(i);
      asked.add(
          new BundleQuestion(row.string("passage"), row.string("question"), questionStates.get(i)));
    }
    String recipe = TextFile.read(folder.resolve(RECIPE), LONGEST_RECIPE);
    return new BundleContents(manifest.bundleBase(), manifest.way(), recipe, entries, asked);
  }

  private static void requireRows(Path folder, String what, int found, int expected) {
    Checks.require(
        found == expected,
        "%s has %d %s but %d were expected; the bundle is damaged, take it from a copy",
        folder,
        found,
        what,
        expected);
  }

  private static BundleEntry entry(
      Path folder, BundleManifest.Line line, Row row, StateVector state) {
    BundleEntry entry =
        new BundleEntry(
            line.passage(),
            line.document(),
            line.title(),
            line.source(),
            row.string("text"),
            line.adapter(),
            line.bytes(),
            line.canary(),
            state);
    Checks.require(
        row.string("passage").equals(line.passage()) && entry.sha256().equals(line.sha256()),
        "%s: the text of passage %s is not the one that bundle.json names; the bundle is damaged,"
            + " take it from a copy",
        folder,
        line.passage());
    return entry;
  }

  private static List<StateVector> states(SafeTensorsReader reader, Path file, String name) {
    long[] shape =
        Checks.present(
            reader.shapes().get(name), "%s has no tensor %s; the bundle is damaged", file, name);
    Checks.require(
        shape.length == 2 && shape[0] >= 1 && shape[1] >= 1,
        "%s: the tensor %s must have two dimensions but has %d",
        file,
        name,
        shape.length);
    List<StateVector> states = new ArrayList<>();
    try (INDArray array = Tensors.zeros(shape)) {
      reader.read(name, array);
      float[] row = new float[Math.toIntExact(shape[1])];
      for (int i = 0; i < shape[0]; i++) {
        Tensors.of(array).f().get(i * row.length, row);
        states.add(StateVector.of(row));
      }
    }
    return states;
  }
}
