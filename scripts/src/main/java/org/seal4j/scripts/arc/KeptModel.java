package org.seal4j.scripts.arc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.RecordTree;
import org.seal4j.scripts.recipe.SettingsFile;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunManifest;

/**
 * The policy of a finished run, kept for {@code seal solve}: a folder that can be moved anywhere.
 * {@code weights.safetensors} has the policy's weights; {@code adapted.safetensors} has those of
 * the model that its self-edits adapt, where that is another ({@code loop.adapted: start}). {@code
 * solver.json} has what is needed to use them, and their hashes; it is written last, so that
 * without it there is no model.
 *
 * @param folder that holds both
 * @param run identity of the run that made it
 * @param policy which of its policies, such as {@code round-2}
 * @param weightsHash SHA-256 of the file of weights
 * @param adaptedHash that of the file of the model that is adapted; empty where it is the policy
 * @param keys how it is used
 */
public record KeptModel(
    Path folder,
    String run,
    String policy,
    String weightsHash,
    Optional<String> adaptedHash,
    SolverKeys keys) {
  /** Where a run keeps its model, and the beginning of the names of its files. */
  public static final String IN_RUN = "model";

  /** What makes a folder that of a kept model. */
  public static final String CARD = "solver.json";

  private static final String WEIGHTS = "weights.safetensors";
  private static final String ADAPTED = "adapted.safetensors";

  /** Form 1 is of policies that adapt themselves; one of a version before this key has no other. */
  private static final int FORM = 2;

  /** The keys of {@value #CARD}, in their order. */
  private record Card(
      int form,
      String kind,
      String run,
      String policy,
      long parameters,
      String weights,
      @Nullable String adapted,
      Map<String, @Nullable Object> keys) {}

  /**
   * Writes the model of a run into its folder.
   *
   * @param roles as they are after the last round
   * @param policy name of that policy in the run
   */
  static void write(Lab lab, ArcKeys recipe, Roles roles, String policy) {
    Path folder = lab.folder(IN_RUN);
    Weights weights = roles.policy().weights();
    String hash = save(lab, weights, folder.resolve(WEIGHTS));
    String adapted =
        roles.areOne() ? null : save(lab, roles.adapted().weights(), folder.resolve(ADAPTED));
    ProvenJson.write(
        folder.resolve(CARD),
        new Card(
            FORM,
            "arc",
            lab.identity(),
            policy,
            weights.parameterCount(),
            hash,
            adapted,
            RecordTree.of(recipe.solver())));
  }

  /** Writes weights under their place in the run; returns the hash of the file. */
  private static String save(Lab lab, Weights weights, Path file) {
    String name = file.getFileName().toString();
    String place = IN_RUN + "/" + name.substring(0, name.indexOf('.'));
    WeightsFile.save(weights, file, Map.of(WeightsStore.ORIGIN, lab.identity() + "/" + place));
    return ContentHash.ofFile(file);
  }

  /**
   * Opens the model of a finished run, or a folder of one that lies elsewhere.
   *
   * @param named the folder of the run, or of the model
   */
  public static KeptModel open(Path named) {
    Checks.require(
        Files.isDirectory(named),
        "there is no folder %s; name a finished run of kind arc, or the model folder of one",
        named);
    if (Files.exists(named.resolve(CARD))) {
      return read(named);
    }
    boolean isRun = Files.exists(named.resolve(RunFolder.EFFECTIVE));
    Checks.require(
        isRun,
        "%s is neither a run nor a kept model: it has no %s; name a finished run of kind arc, or"
            + " the model folder of one",
        named,
        CARD);
    String kind = String.valueOf(RunManifest.read(named).configuration().get("kind"));
    Checks.require(
        kind.equals("arc"),
        "%s is a run of kind %s, whose model solves no grid tasks; name a run of kind arc, such as"
            + " one of arc-quick",
        named,
        kind);
    Checks.require(
        Files.exists(named.resolve(Checksums.FILE_NAME)),
        "the run in %s is not finished, so it has no model yet; to go on: %s",
        named,
        CommandName.with("run", "--resume", named.toString()));
    Path folder = named.resolve(IN_RUN);
    Checks.require(
        Files.exists(folder.resolve(CARD)),
        "%s keeps no model: it was made by an older version, or its %s was deleted; run it again:"
            + " %s",
        named,
        IN_RUN + "/" + CARD,
        CommandName.with("run", named.resolve(RunFolder.EFFECTIVE).toString()));
    return read(folder);
  }

  private static KeptModel read(Path folder) {
    Path file = folder.resolve(CARD);
    JsonNode card = ProvenJson.read(file, JsonNode.class);
    Checks.require(
        isRead(card.path("form").asInt()) && card.path("kind").asText().equals("arc"),
        "%s is of form %s and kind '%s', but this version reads forms 1 to %d of kind arc; use the"
            + " version that wrote it",
        file,
        card.path("form"),
        card.path("kind").asText(),
        FORM);
    return new KeptModel(
        folder,
        card.path("run").asText(),
        card.path("policy").asText(),
        card.path("weights").asText(),
        Optional.ofNullable(card.path("adapted").asText(null)),
        keys(file, card.path("keys")));
  }

  /** JSON is YAML, so that the keys are read as strictly as those of a recipe. */
  private static SolverKeys keys(Path file, JsonNode keys) {
    try {
      return SettingsFile.read(keys.toString(), null, List.of(), SolverKeys.class);
    } catch (InputException e) {
      throw new InputException(
          "%s does not fit this version of Seal4J: %s; use the version that wrote it, or run its"
                  .formatted(file, e.getMessage())
              + " recipe again",
          e);
    }
  }

  private static boolean isRead(int form) {
    return form >= 1 && form <= FORM;
  }

  /** The weights of the policy, for the caller to close; refused where they are not the card's. */
  public Weights policyWeights() {
    return weights(WEIGHTS, weightsHash);
  }

  /**
   * The policy with the model that its self-edits adapt, which is read where it is another; refused
   * where that is not the card's.
   *
   * @param policy of {@link #policyWeights()}
   */
  public Roles roles(Weights policy, Workers workers) {
    SharedModel writer = new SharedModel(policy, workers);
    return adaptedHash
        .map(hash -> new Roles(writer, new SharedModel(weights(ADAPTED, hash), workers)))
        .orElseGet(() -> Roles.ofOne(writer));
  }

  private Weights weights(String name, String hash) {
    return WeightsFile.loadProven(keys.modelConfig(), proven(name, hash));
  }

  /** Refuses files of weights that are missing, or not the card's. */
  public void prove() {
    proven(WEIGHTS, weightsHash);
    adaptedHash.ifPresent(hash -> proven(ADAPTED, hash));
  }

  private Path proven(String name, String hash) {
    Path file = folder.resolve(name);
    Checks.require(
        Files.isRegularFile(file),
        "%s is %s beside %s; take it from a copy",
        file,
        Files.exists(file) ? "no file" : "missing",
        CARD);
    Checks.require(
        ContentHash.ofFile(file).equals(hash),
        "%s is not the file that %s was written for: its SHA-256 is another; take both from one"
            + " copy",
        file,
        folder.resolve(CARD));
    return file;
  }

  /** Numbers that the model has learned. */
  public long parameters() {
    return ProvenJson.read(folder.resolve(CARD), JsonNode.class).path("parameters").asLong();
  }

  /** Which policy it is, in words. */
  public String policyInWords() {
    return policy.equals("round-0") ? "before any round" : "after " + policy.replace('-', ' ');
  }
}
