package org.seal4j.scripts.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.AdapterSummary;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.model.weights.ModelFolder;
import picocli.CommandLine.Model.CommandSpec;

/** The adapters that {@code seal adapters merge} reads, in memory until they are closed. */
final class MergeInputs implements AutoCloseable {
  private static final String TENSORS = "adapter_model.safetensors";

  /** Of a SHA-256, enough to tell adapters apart. */
  private static final int FEW = 12;

  private final List<AdapterBank> banks = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();

  /**
   * One of them.
   *
   * @param name of its folder, file or run
   * @param hash SHA-256 of the file with its tensors
   * @param weight factor on it
   */
  record Input(String name, String hash, double weight) {
    /** Its name with the beginning of its hash. */
    String label() {
      return name + "@" + hash.substring(0, FEW);
    }

    /** The weight for a person. */
    String factor() {
      return Json.line(weight).replaceFirst("\\.0$", "");
    }
  }

  /**
   * Reads them.
   *
   * @param weights one for each adapter
   * @param spec of the command, for warnings
   * @throws org.seal4j.data.check.InputException where one is of another base
   */
  static MergeInputs read(
      List<Path> adapters, List<Double> weights, ModelFolder base, CommandSpec spec) {
    MergeInputs read = new MergeInputs();
    try {
      String baseHash = base.weights().sha256();
      for (int i = 0; i < adapters.size(); i++) {
        read.add(adapters.get(i), weights.get(i), base, baseHash, spec);
      }
      return read;
    } catch (RuntimeException e) {
      read.close();
      throw e;
    }
  }

  private void add(Path named, double weight, ModelFolder base, String baseHash, CommandSpec spec) {
    Path path = AdapterPath.of(named);
    try (PeftAdapter adapter = PeftAdapter.load(path, base.config())) {
      String stated = AdapterSummary.read(path).baseHash();
      Checks.require(
          stated.isEmpty() || stated.equals(baseHash),
          "%s was trained over weights with the SHA-256 %s, but those of %s have %s; adapters are"
              + " merged over their own base alone, so name that one",
          named,
          stated,
          base.source(),
          baseHash);
      ModelOptions.warn(spec, adapter.warnings());
      AdapterBank bank = adapter.toBank();
      banks.add(bank);
      Checks.require(
          AdapterGroup.isSound(bank, 0),
          "%s has numbers that are not finite, or far too large: its training diverged, so it is not"
              + " merged; leave it out, or train it again with a lower learning rate",
          named);
    }
    Path file = Files.isDirectory(path) ? path.resolve(TENSORS) : path;
    inputs.add(new Input(AdapterPath.name(named), ContentHash.ofFile(file), weight));
  }

  List<Input> all() {
    return List.copyOf(inputs);
  }

  /** The same for a merge. */
  List<AdapterMerge.Part> parts() {
    List<AdapterMerge.Part> parts = new ArrayList<>();
    for (int i = 0; i < banks.size(); i++) {
      parts.add(new AdapterMerge.Part(banks.get(i), 0, inputs.get(i).weight()));
    }
    return parts;
  }

  @Override
  public void close() {
    banks.forEach(AdapterBank::close);
    banks.clear();
  }
}
