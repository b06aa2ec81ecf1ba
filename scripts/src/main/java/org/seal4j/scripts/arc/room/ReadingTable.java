package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Preferences;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.ChoiceInformation;

/** How decided the policy is, and how much its choices have to do with the task, by round. */
final class ReadingTable {
  static final TableSchema SCHEMA =
      TableSchema.named("choices", 1)
          .column("stage", ColumnType.STRING, "Before the loop, or after which round.")
          .column("choice", ColumnType.STRING, "Which choice of a self-edit.")
          .column("value", ColumnType.STRING, "One of its values.")
          .column("probability", ColumnType.FLOAT64, "Of this value, mean over held-out tasks.")
          .column(
              "entropy",
              ColumnType.FLOAT64,
              "Bits of the choice when the task is known, mean over tasks.")
          .column(
              "task_information",
              ColumnType.FLOAT64,
              "Bits that task and choice have in common; 0 where the task is not read.")
          .column(
              "kind_information",
              ColumnType.FLOAT64,
              "Bits that the task's kind and the choice have in common.")
          .column(
              "entropy_behind",
              ColumnType.FLOAT64,
              "Bits of the choice when the task and all choices before it are known.")
          .build();

  private static final String NOTE =
      "In bits, over held-out tasks. Undecided: entropy of the choice when the task and the choices"
          + " before it are known; all choices together are the entropy of a self-edit, and a"
          + " policy that draws by chance has the largest. Reads the task, reads the kind: bits"
          + " that choice and task, or choice and kind, have in common; 0 for a policy that chooses"
          + " alike whatever it reads. Probabilities are those of the model behind choices that"
          + " were drawn %d times a task, which makes what is read of a task seem larger by a"
          + " little.";

  private final Places places;
  private final List<String> kinds;
  private final Map<String, PolicyReading.Read> stages = new LinkedHashMap<>();

  /**
   * @param kinds of the held-out tasks
   */
  ReadingTable(Places places, List<String> kinds) {
    this.places = places;
    this.kinds = kinds;
  }

  void add(String stage, PolicyReading.Read read) {
    stages.put(stage, read);
  }

  private ChoiceInformation information(PolicyReading.Read read, int place) {
    return ChoiceInformation.of(kinds, of(read, place));
  }

  private static List<double[]> of(PolicyReading.Read read, int place) {
    return Arrays.stream(read.probability()).map(task -> task[place]).toList();
  }

  private static double behind(PolicyReading.Read read, int place) {
    return Arrays.stream(read.entropy()).mapToDouble(task -> task[place]).average().orElse(0);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    stages.forEach(
        (stage, read) -> {
          for (int place = 0; place < places.count(); place++) {
            ChoiceInformation information = information(read, place);
            double[] mean = ChoiceInformation.mean(of(read, place));
            for (int value = 0; value < mean.length; value++) {
              rows.add(
                  SCHEMA
                      .row()
                      .set("stage", stage)
                      .set("choice", places.name(place))
                      .set("value", places.values(place).get(value))
                      .set("probability", mean[value])
                      .set("entropy", information.entropy())
                      .set("task_information", information.tasks())
                      .set("kind_information", information.kinds())
                      .set("entropy_behind", behind(read, place))
                      .build());
            }
          }
        });
    return rows;
  }

  /** Entropy of a whole self-edit in bits, mean over tasks. */
  double entropy(String stage) {
    PolicyReading.Read read = stages.get(stage);
    double all = 0;
    for (int place = 0; read != null && place < places.count(); place++) {
      all += behind(read, place);
    }
    return all;
  }

  /** Bits that the choices, each for itself, have in common with the task. */
  double information(String stage) {
    PolicyReading.Read read = stages.get(stage);
    double all = 0;
    for (int place = 0; read != null && place < places.count(); place++) {
      all += information(read, place).tasks();
    }
    return all;
  }

  List<String> stages() {
    return List.copyOf(stages.keySet());
  }

  /** Bits by stage and choice. */
  Section section(int draws) {
    return Section.of(
        "What the policy reads",
        html -> {
          html.note(NOTE.formatted(draws));
          Cells cells = new Cells(html);
          List<String> heads = new ArrayList<>(List.of(""));
          for (int place = 0; place < places.count(); place++) {
            heads.add(places.name(place));
          }
          heads.add("all");
          cells.head(heads.toArray(String[]::new));
          line(cells, "a draw by chance: undecided", chance());
          stages.forEach(
              (stage, read) -> {
                List<Double> undecided = new ArrayList<>();
                List<Double> tasks = new ArrayList<>();
                List<Double> ofKinds = new ArrayList<>();
                for (int place = 0; place < places.count(); place++) {
                  ChoiceInformation information = information(read, place);
                  undecided.add(behind(read, place));
                  tasks.add(information.tasks());
                  ofKinds.add(information.kinds());
                }
                line(cells, stage + ": undecided", undecided);
                line(cells, stage + ": reads the task", tasks);
                line(cells, stage + ": reads the kind", ofKinds);
              });
          cells.end();
        });
  }

  /** Entropy of each choice where all of its values are equally likely. */
  private List<Double> chance() {
    return IntStream.range(0, places.count())
        .mapToObj(place -> StrictMath.log(places.values(place).size()) / StrictMath.log(2))
        .toList();
  }

  private static void line(Cells cells, String name, List<Double> bits) {
    List<String> row = new ArrayList<>();
    bits.forEach(bit -> row.add(Cells.number("%.3f", bit)));
    row.add(Cells.number("%.2f", bits.stream().mapToDouble(Double::doubleValue).sum()));
    cells.row(name, row);
  }

  /** The policy's distribution by round. */
  Preferences preferences() {
    List<Preferences.Setting> settings = new ArrayList<>();
    for (int place = 0; place < places.count() && !stages.isEmpty(); place++) {
      List<Preferences.Choice> choices = new ArrayList<>();
      List<String> values = places.values(place);
      for (int value = 0; value < values.size(); value++) {
        List<Double> shares = new ArrayList<>();
        for (PolicyReading.Read read : stages.values()) {
          shares.add(Math.min(1, ChoiceInformation.mean(of(read, place))[value]));
        }
        choices.add(new Preferences.Choice(values.get(value), shares));
      }
      settings.add(new Preferences.Setting(places.name(place), choices));
    }
    return new Preferences(
        "Policy's probabilities",
        "Probability of each choice before anything is drawn, mean over held-out tasks.",
        stages(),
        settings);
  }
}
