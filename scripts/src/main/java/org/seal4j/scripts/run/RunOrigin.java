package org.seal4j.scripts.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.ProvenJson;

/**
 * The run that something was made by: what it was trained on, and what was measured. Read from
 * {@code manifest.json} and {@code summary.json}.
 *
 * @param folder of the run
 * @param kind of its recipe, such as {@code train}
 * @param recipe its name
 * @param data the files and folders that the recipe names
 * @param steps of the training that count; null where the run does not say
 * @param metric what the measures are; empty where the run is not finished
 * @param measures in the order of the run's table: before, after and what is beside them
 */
public record RunOrigin(
    String folder,
    String kind,
    String recipe,
    List<String> data,
    @Nullable Long steps,
    String metric,
    List<Measure> measures) {
  /** From an adapter up to the folder of its run. */
  private static final int LEVELS = 3;

  /** Where recipes name what is learned, as JSON pointers into the configuration. */
  private static final List<String> DATA =
      List.of("/data/rows", "/data/passages", "/documents/paths");

  /** Figures that count the steps of what was kept. */
  private static final List<String> STEPS = List.of("keptStep", "steps");

  /**
   * One line of a run's table.
   *
   * @param condition what was measured
   * @param estimate a share, from 0 to 1
   * @param low lower end of its interval of 95 %
   * @param high upper end
   * @param n how many were measured
   */
  public record Measure(String condition, double estimate, double low, double high, int n) {}

  public RunOrigin {
    data = List.copyOf(data);
    measures = List.copyOf(measures);
  }

  /**
   * The run around a file or folder; empty where there is none.
   *
   * @throws org.seal4j.data.check.InputException when a file of the run is damaged
   */
  public static Optional<RunOrigin> around(Path made) {
    Path at = made.toAbsolutePath().normalize().getParent();
    for (int i = 0; i < LEVELS && at != null; i++, at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(RunManifest.FILE_NAME))
          && Files.isRegularFile(at.resolve(RunFolder.EFFECTIVE))) {
        return Optional.of(of(at));
      }
    }
    return Optional.empty();
  }

  private static RunOrigin of(Path run) {
    RunManifest manifest = RunManifest.read(run);
    JsonNode recipe =
        Json.parse(Json.line(manifest.configuration()), JsonNode.class, run.toString());
    Path file = run.resolve("summary.json");
    JsonNode summary =
        Files.exists(file)
            ? ProvenJson.readOld(file, JsonNode.class)
            : Json.parse("{}", JsonNode.class, "no summary");
    Long steps = null;
    for (String name : STEPS) {
      JsonNode figure = summary.path("figures").path(name).path("value");
      steps = steps == null && figure.isNumber() ? Long.valueOf(figure.asLong()) : steps;
    }
    return new RunOrigin(
        run.toString(),
        recipe.path("kind").asText(),
        manifest.run().recipe(),
        data(recipe),
        steps,
        summary.path("metric").asText(),
        measures(summary));
  }

  private static List<String> data(JsonNode recipe) {
    List<String> data = new ArrayList<>();
    for (String place : DATA) {
      JsonNode named = recipe.at(place);
      if (named.isTextual()) {
        data.add(named.asText());
      }
      if (named.isArray()) {
        named.forEach(one -> data.add(one.asText()));
      }
    }
    return data;
  }

  private static List<Measure> measures(JsonNode summary) {
    List<Measure> measures = new ArrayList<>();
    for (JsonNode one : summary.path("conditions")) {
      JsonNode interval = one.path("interval");
      measures.add(
          new Measure(
              one.path("name").asText(),
              one.path("estimate").asDouble(),
              interval.path("low").asDouble(),
              interval.path("high").asDouble(),
              one.path("n").asInt()));
    }
    return measures;
  }
}
