package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.SafeTensors;

/** Adapters in folders as PEFT writes them, and what PEFT says they compute. */
final class PeftFolders {
  private PeftFolders() {}

  static String key(String module, String factor) {
    return "base_model.model." + module + ".lora_" + factor + ".weight";
  }

  /** A folder as PEFT writes it: these keys over its defaults, these tensors. */
  static void write(Path folder, String json, Map<String, INDArray> tensors) throws IOException {
    ObjectNode keys =
        (ObjectNode)
            Json.parse(
                """
                {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 4, "lora_alpha": 8,
                 "lora_dropout": 0.05, "bias": "none", "fan_in_fan_out": false,
                 "inference_mode": true, "init_lora_weights": true, "loftq_config": {},
                 "megatron_core": "megatron.core", "modules_to_save": null, "use_dora": false,
                 "rank_pattern": {}, "alpha_pattern": {}, "layers_to_transform": null,
                 "base_model_name_or_path": "tiny", "target_modules": ["q_proj", "down_proj"]}
                """,
                JsonNode.class,
                "test");
    keys.setAll((ObjectNode) Json.parse(json, JsonNode.class, "test"));
    Json.write(folder.resolve("adapter_config.json"), keys);
    SafeTensors.write(folder.resolve("adapter_model.safetensors"), tensors, Map.of("format", "pt"));
  }

  static INDArray random(Rng rng, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, (float) (0.4 * rng.nextGaussian()));
    }
    return array;
  }

  /** A and B of these modules with the ranks given, in PEFT's shapes. */
  static Map<String, INDArray> tensors(ModelConfig base, Map<String, Integer> ranks) {
    Map<String, INDArray> tensors = new TreeMap<>();
    new TargetModules("all-linear+head")
        .resolve(base)
        .forEach(
            (module, shape) -> {
              Integer rank = ranks.get(module);
              if (rank != null) {
                Rng rng = Seeds.of(7).child(module).rng();
                tensors.put(key(module, "A"), random(rng, rank, shape[1]));
                tensors.put(key(module, "B"), random(rng, shape[0], rank));
              }
            });
    return tensors;
  }

  static Map<String, Integer> ranks(int q, int down) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    for (int l = 0; l < 2; l++) {
      ranks.put("model.layers." + l + ".self_attn.q_proj", q);
      ranks.put("model.layers." + l + ".mlp.down_proj", down);
    }
    return ranks;
  }

  /** PEFT's definition, in double: {@code W + scaling * B A}, module by module. */
  static Weights defined(
      Weights base, Map<String, INDArray> tensors, Map<String, Double> scalings) {
    Weights merged = base.copy();
    scalings.forEach(
        (module, scaling) -> {
          INDArray a = tensors.get(key(module, "A"));
          INDArray b = tensors.get(key(module, "B"));
          INDArray w = merged.get(module + ".weight");
          for (int o = 0; o < w.size(0); o++) {
            for (int i = 0; i < w.size(1); i++) {
              double sum = 0;
              for (int r = 0; r < a.size(0); r++) {
                sum += b.getDouble(o, r) * a.getDouble(r, i);
              }
              w.putScalar(o, i, (float) (w.getDouble(o, i) + scaling * sum));
            }
          }
        });
    return merged;
  }

  static void assertSameLogits(
      Path folder, Weights weights, Map<String, INDArray> tensors, Map<String, Double> scalings) {
    try (Weights expected = defined(weights, tensors, scalings);
        PeftAdapter adapter = PeftAdapter.load(folder, weights.config());
        AdapterBank bank = adapter.toBank()) {
      float[] base = TinyModels.logits(weights, null);
      float[] wanted = TinyModels.logits(expected, null);
      float[] adapted = TinyModels.logits(weights, TinyModels.single(bank, 0));
      assertThat(TinyModels.largestDifference(wanted, base)).isGreaterThan(0.05);
      assertThat(TinyModels.largestDifference(adapted, wanted)).isLessThan(1e-5);
    }
  }

  static Map<String, Double> scalings(double q, double down) {
    Map<String, Double> scalings = new LinkedHashMap<>();
    ranks(1, 1).keySet().forEach(m -> scalings.put(m, m.endsWith("q_proj") ? q : down));
    return scalings;
  }
}
