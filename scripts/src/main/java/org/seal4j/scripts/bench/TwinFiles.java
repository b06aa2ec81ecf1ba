package org.seal4j.scripts.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.model.weights.WeightsFile;

/**
 * What the twin needs to be compared with the engine: the weights that all workloads start from,
 * and what the engine makes of them.
 */
final class TwinFiles {
  private static final int STEPS = 5;

  private TwinFiles() {}

  /**
   * Writes {@code small.safetensors}, {@code large.safetensors}, {@code adapters.safetensors} and
   * {@code expected.tsv}: per line a workload and its losses or tokens.
   */
  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> expected = new ArrayList<>();
    for (BenchModel model : BenchModel.values()) {
      try (Weights weights = model.weights()) {
        WeightsFile.save(weights, folder.resolve(model.label() + ".safetensors"));
      }
      for (OptimizerSpec optimizer : List.of(OptimizerSpec.ADAMW, OptimizerSpec.MUON)) {
        try (Training training = new Training(model, optimizer)) {
          double[] losses = new double[STEPS];
          Arrays.setAll(losses, i -> training.step());
          expected.add(line(training.name(), losses));
        }
      }
      for (int batch : Decoding.BATCHES) {
        try (Decoding decoding = new Decoding(model)) {
          for (Generation answer : decoding.generate(batch)) {
            expected.add(line(Decoding.name(model, batch), answer.tokens()));
          }
        }
      }
    }
    try (AdapterBank bank = InnerLoops.fresh()) {
      SafeTensors.write(folder.resolve("adapters.safetensors"), InnerLoops.arrays(bank), Map.of());
    }
    try (InnerLoops loops = new InnerLoops()) {
      Map<Integer, double[]> curves = loops.curves();
      for (int i = 0; i < InnerLoops.ADAPTERS; i++) {
        expected.add(line("inner", curves.getOrDefault(i, new double[0])));
      }
    }
    Files.write(folder.resolve("expected.tsv"), expected);
  }

  private static String line(String name, double[] losses) {
    return DoubleStream.of(losses)
        .mapToObj(loss -> String.format(Locale.ROOT, "%.9f", loss))
        .collect(Collectors.joining("\t", name + "\t", ""));
  }

  private static String line(String name, int[] tokens) {
    return Arrays.stream(tokens)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\t", name + "\t", ""));
  }
}
