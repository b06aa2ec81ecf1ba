package org.seal4j.model.gguf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufKeys;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.WeightNames;
import org.seal4j.model.gguf.GgufLora.Factors;
import org.seal4j.model.plan.Tensors;

/** Reads the file of a LoRA adapter and checks it against its base. */
final class GgufLoraReader {
  /** Far above any adapter. */
  private static final int HIGHEST_RANK = 1 << 16;

  private final GgufHeader header;
  private final ModelConfig base;

  /** Where the two factors of a linear stand. */
  private record Pair(GgufTensor a, GgufTensor b) {}

  GgufLoraReader(Path file, ModelConfig base) {
    this.header = GgufHeader.read(file);
    this.base = base;
  }

  GgufLora read() {
    double alpha = alpha();
    Map<String, GgufTensor> left = new HashMap<>(header.tensors());
    Map<String, Pair> pairs = new LinkedHashMap<>();
    WeightNames.modules(base)
        .forEach(
            (module, shape) -> {
              String name = GgufNames.of(module + ".weight", base.form());
              if (left.containsKey(name + GgufLora.A) || left.containsKey(name + GgufLora.B)) {
                pairs.put(module, pair(name, left, shape));
              }
            });
    requireNone(left);
    Checks.require(!pairs.isEmpty(), "%s holds no adapter: it has no tensors", header.file());
    return filled(alpha, pairs);
  }

  private double alpha() {
    GgufKeys keys = header.keys();
    requireIs(GgufLora.TYPE, "adapter");
    requireIs(GgufLora.KIND, "lora");
    String own = GgufFamily.of(base).word();
    String architecture = keys.text("general.architecture");
    Checks.require(
        architecture.equals(own),
        "%s is an adapter of another base: its general.architecture is '%s' but the model's is '%s'",
        header.file(),
        Shown.text(architecture),
        own);
    return keys.number(GgufLora.ALPHA, 0);
  }

  private void requireIs(String key, String expected) {
    String found = header.keys().text(key, "");
    Checks.require(
        found.equals(expected),
        "%s is no LoRA adapter: %s is '%s' but '%s' is expected",
        header.file(),
        key,
        Shown.text(found),
        expected);
  }

  /** The tensors of a linear that has at least one of them. */
  private Pair pair(String name, Map<String, GgufTensor> left, long[] shape) {
    GgufTensor a = partner(left.remove(name + GgufLora.A), name, GgufLora.A);
    GgufTensor b = partner(left.remove(name + GgufLora.B), name, GgufLora.B);
    long rank = a.shape()[0];
    Checks.require(
        Arrays.equals(a.shape(), new long[] {rank, shape[1]})
            && Arrays.equals(b.shape(), new long[] {shape[0], rank})
            && rank <= HIGHEST_RANK,
        "%s is an adapter of another base: its factors for %s are %s and %s, but the model takes %d"
            + " numbers and gives %d there",
        header.file(),
        name,
        Arrays.toString(a.shape()),
        Arrays.toString(b.shape()),
        shape[1],
        shape[0]);
    return new Pair(a, b);
  }

  private GgufTensor partner(@Nullable GgufTensor tensor, String name, String factor) {
    return Checks.present(
        tensor,
        "%s lacks the tensor %s%s, though its partner is there; it is damaged",
        header.file(),
        name,
        factor);
  }

  private void requireNone(Map<String, GgufTensor> left) {
    Checks.require(
        left.isEmpty(),
        "%s has tensors that are no LoRA factors of a linear of this model, so it belongs to another"
            + " base or trains more than linears: %s",
        header.file(),
        Shown.names(left.keySet().stream().sorted().toList()));
  }

  private GgufLora filled(double alpha, Map<String, Pair> pairs) {
    Map<String, Factors> factors = new LinkedHashMap<>();
    pairs.forEach(
        (module, pair) ->
            factors.put(
                module,
                new Factors(Tensors.zeros(pair.a().shape()), Tensors.zeros(pair.b().shape()))));
    GgufLora lora = new GgufLora(alpha, factors);
    try (TensorSource source = TensorSource.open(header.file())) {
      factors.forEach(
          (module, f) -> {
            Pair pair = Checks.present(pairs.get(module), "%s has no tensors", module);
            source.read(pair.a(), f.a());
            source.read(pair.b(), f.b());
            if (GgufLora.isTurned(base, module)) {
              RopePlanes.toHalves(f.b(), base.headSize());
            }
          });
      return lora;
    } catch (RuntimeException e) {
      lora.close();
      throw e;
    }
  }
}
