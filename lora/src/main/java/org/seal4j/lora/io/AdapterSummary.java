package org.seal4j.lora.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.model.gguf.GgufLora;
import org.seal4j.model.weights.SafeTensorsReader;

/**
 * What the files of an adapter say of it, read without its base.
 *
 * @param form {@code PEFT} or {@code GGUF}
 * @param base name or path of the base; empty where it is not recorded
 * @param baseHash SHA-256 of the base's weights; empty where it is not recorded
 * @param rank the largest
 * @param alpha numerator of the scaling
 * @param targets the targeted modules as the configuration names them; empty for GGUF
 * @param modules how many modules have an adapter
 * @param parameters numbers in all of them
 */
public record AdapterSummary(
    String form,
    String base,
    String baseHash,
    int rank,
    double alpha,
    String targets,
    int modules,
    long parameters) {
  private static final String FIRST_FACTOR = ".lora_A.weight";

  /**
   * Reads configuration and headers, and the tensors where their file proves its own bytes.
   *
   * @param adapter a folder of PEFT, or a GGUF file
   * @throws org.seal4j.data.check.InputException naming what is missing, damaged or not supported
   */
  public static AdapterSummary read(Path adapter) {
    return GgufHeader.isGguf(adapter) ? gguf(GgufHeader.read(adapter)) : peft(adapter);
  }

  private static AdapterSummary gguf(GgufHeader header) {
    GgufLora.Outline outline = GgufLora.outline(header);
    return new AdapterSummary(
        "GGUF",
        header.keys().text("general.base_model.0.name", ""),
        "",
        outline.rank(),
        outline.alpha(),
        "",
        outline.modules(),
        outline.parameters());
  }

  private static AdapterSummary peft(Path folder) {
    PeftConfig config =
        PeftConfig.read(
            FolderFile.find(folder, PeftAdapter.CONFIG)
                .orElseThrow(
                    () ->
                        Checks.refuse(
                            "%s is no adapter: it has no %s", folder, PeftAdapter.CONFIG)));
    Path tensors = PeftFolder.tensors(folder);
    try (SafeTensorsReader reader = SafeTensorsReader.open(tensors)) {
      Map<String, long[]> shapes = reader.shapes();
      List<long[]> first =
          shapes.entrySet().stream()
              .filter(one -> one.getKey().endsWith(FIRST_FACTOR))
              .map(Map.Entry::getValue)
              .toList();
      Checks.require(
          !first.isEmpty() && first.stream().allMatch(shape -> shape.length == 2),
          "%s has no matrices that end with %s, so it is no adapter",
          tensors,
          FIRST_FACTOR);
      return new AdapterSummary(
          "PEFT",
          config.base().name(),
          reader.metadata().getOrDefault(PeftAdapter.BASE_HASH, ""),
          Math.toIntExact(first.stream().mapToLong(shape -> shape[0]).max().orElse(0)),
          config.alpha(),
          targets(config.targets().form()),
          first.size(),
          shapes.values().stream().mapToLong(AdapterSummary::length).sum());
    }
  }

  private static String targets(Object form) {
    return form instanceof List<?> names
        ? String.join(", ", names.stream().map(String::valueOf).toList())
        : form.toString();
  }

  private static long length(long[] shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    return length;
  }
}
