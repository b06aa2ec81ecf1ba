package org.seal4j.scripts.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.PlainValues;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.data.json.StableOrder;

/**
 * How a run was made: everything one needs to make it again. It is the first file of a run folder,
 * {@code manifest.json}; its only clock time is {@link Start#started()}.
 *
 * @param run what was started, and how
 * @param configuration the effective recipe as nested maps and lists of plain values, keys in order
 * @param data SHA-256 by the name of each input ({@link ContentHash})
 * @param versions of the software
 * @param machine that it ran on
 */
public record RunManifest(
    Start run,
    Map<String, @Nullable Object> configuration,
    Map<String, String> data,
    Versions versions,
    Machine machine) {
  /** The name of the file in a run folder. */
  public static final String FILE_NAME = "manifest.json";

  /** Mark: the identity of the run, which its checkpoints name. */
  static final String IDENTITY = "identity";

  /** Mark: SHA-256 of the stored configuration. */
  static final String RECIPE_HASH = "effective";

  /** Mark: the kernels of OpenBLAS that the run was begun with. */
  static final String KERNELS = "blasKernels";

  /** Mark: the engine that runs the ops. */
  static final String ENGINE = "engine";

  public RunManifest {
    configuration = PlainValues.copy("configuration", configuration);
    Map<String, String> hashes = new LinkedHashMap<>();
    StableOrder.entries(data).forEach(entry -> hashes.put(entry.getKey(), entry.getValue()));
    hashes.forEach(RunManifest::requireHash);
    data = Collections.unmodifiableMap(hashes);
  }

  /**
   * What was started.
   *
   * @param recipe name of the recipe
   * @param commandLine the arguments as given
   * @param backend that computes, such as {@code cpu}
   * @param rootSeed the one seed of the run
   * @param started when, as ISO 8601 in UTC ({@link Instant#toString()}); the caller reads the
   *     clock
   */
  public record Start(
      String recipe, List<String> commandLine, String backend, long rootSeed, String started) {
    public Start {
      requireText("run.recipe", recipe);
      requireText("run.backend", backend);
      commandLine = List.copyOf(commandLine);
      try {
        Instant.parse(started);
      } catch (DateTimeParseException e) {
        throw new InputException(
            "manifest: run.started is '%s' but must be a time such as 2026-01-31T12:00:00Z"
                .formatted(started),
            e);
      }
    }
  }

  /**
   * Writes {@code manifest.json} into a run folder.
   *
   * @throws InputException when the folder holds one already: a run is made once, and resumed with
   *     the manifest it has
   */
  public void write(Path runFolder) {
    write(runFolder, Map.of());
  }

  /**
   * The same, with marks that files of the run are held against.
   *
   * @param marks texts by {@link #IDENTITY}, {@link #RECIPE_HASH}, {@link #KERNELS} and {@link
   *     #ENGINE}
   */
  void write(Path runFolder, Map<String, String> marks) {
    Path file = runFolder.resolve(FILE_NAME);
    Checks.require(
        !Files.exists(file),
        "%s exists: this folder holds a run; resume it or choose another folder",
        file);
    Map<String, @Nullable Object> all = new LinkedHashMap<>(Json.toMap(this));
    all.putAll(new TreeMap<>(marks));
    ProvenJson.write(file, all);
  }

  /**
   * Reads the manifest of a run folder.
   *
   * @throws InputException when it is missing or not exactly a manifest
   */
  public static RunManifest read(Path runFolder) {
    Path file = runFolder.resolve(FILE_NAME);
    ObjectNode all = ProvenJson.readOld(file, ObjectNode.class);
    all.remove(List.of(IDENTITY, RECIPE_HASH, KERNELS, ENGINE));
    return Json.parse(all.toString(), RunManifest.class, file.toString());
  }

  /** A mark of a run folder's manifest; empty where there is none. */
  static String mark(Path runFolder, String name) {
    return ProvenJson.readOld(runFolder.resolve(FILE_NAME), JsonNode.class).path(name).asText("");
  }

  /**
   * What differs between two runs among all that decides their results: recipe, backend, root seed,
   * configuration, data and versions; not the machine, the command line or the time. Empty when one
   * may continue where the other stopped.
   *
   * @return one line per difference: {@code configuration.lora.rank: 8 here, 16 there}
   */
  public List<String> differences(RunManifest other) {
    return PlainValues.differences(decisive(), other.decisive());
  }

  private Map<String, @Nullable Object> decisive() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("recipe", run.recipe());
    values.put("backend", run.backend());
    values.put("rootSeed", run.rootSeed());
    values.put("configuration", configuration);
    values.put("data", data);
    values.put("versions", Json.toMap(versions));
    return values;
  }

  private static void requireHash(String name, String hash) {
    Checks.require(
        hash.matches("[0-9a-f]{64}"),
        "manifest: data.%s is '%s' but must be a SHA-256 of 64 hexadecimal digits",
        name,
        hash);
  }

  static void requireText(String key, String value) {
    Checks.require(!value.isBlank(), "manifest: %s is empty but must say something", key);
  }
}
