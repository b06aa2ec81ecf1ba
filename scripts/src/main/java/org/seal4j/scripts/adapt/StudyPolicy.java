package org.seal4j.scripts.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.hub.HubPath;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.model.gguf.GgufLora;
import org.seal4j.scripts.passage.PolicyRun;
import org.seal4j.scripts.run.ModelHashes;

/**
 * Where the policy lies that writes what an adapter studies.
 *
 * @param named as the recipe names it
 * @param path of its weights: a file of a run, an adapter or a model
 * @param run that trained it; empty where it is a model or an adapter
 * @param adapter whether it is an adapter over the model that is adapted
 */
record StudyPolicy(Path named, Path path, Optional<PolicyRun> run, boolean adapter) {
  private static final String KEY = "policy";
  private static final List<String> ADAPTER_FILES =
      List.of("adapter_config.json", "adapter_model.safetensors");

  /**
   * The policy at a path.
   *
   * @throws org.seal4j.data.check.InputException where there is none
   */
  static StudyPolicy at(Path named) {
    Path here = HubPath.local(named);
    Checks.require(
        Files.exists(here),
        "study.method: there is no policy at %s; name the folder of a run of kind knowledge, a model"
            + " or an adapter",
        named);
    Path adapter = AdapterPath.of(here);
    if (isAdapter(adapter)) {
      return new StudyPolicy(named, adapter, Optional.empty(), true);
    }
    Optional<PolicyRun> run = PolicyRun.at(here);
    Checks.require(
        run.isPresent() || isModel(here),
        "study.method: %s is no policy: it is neither the folder of a run of kind knowledge (or a"
            + " round-N.safetensors of one), nor a model, nor an adapter",
        named);
    return new StudyPolicy(named, run.map(PolicyRun::weights).orElse(here), run, false);
  }

  private static boolean isModel(Path path) {
    return Files.isDirectory(path)
        ? Files.exists(path.resolve("config.json"))
        : GgufHeader.isGguf(path) || path.toString().endsWith(".bin");
  }

  private static boolean isAdapter(Path path) {
    return Files.isRegularFile(path.resolve(ADAPTER_FILES.get(0)))
        || (GgufHeader.isGguf(path) && GgufLora.isAdapter(GgufHeader.read(path)));
  }

  /** SHA-256 of all that decides what it writes, by {@code policy/FILE}. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    if (run.isPresent()) {
      hashes.put(KEY + "/" + path.getFileName(), ContentHash.ofFile(path));
      Path recipe = run.get().folder().resolve("effective.yaml");
      hashes.put(KEY + "/effective.yaml", ContentHash.ofFile(recipe));
      hashes.putAll(ModelHashes.of(run.get().model(), KEY + "/model"));
    } else if (!adapter) {
      hashes.putAll(ModelHashes.of(path, KEY));
    } else if (Files.isDirectory(path)) {
      for (String name : ADAPTER_FILES) {
        Path file = path.resolve(name);
        if (Files.isRegularFile(file)) {
          hashes.put(KEY + "/" + name, ContentHash.ofFile(file));
        }
      }
    } else {
      hashes.put(KEY + "/" + path.getFileName(), ContentHash.ofFile(path));
    }
    return hashes;
  }
}
