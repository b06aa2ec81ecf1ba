package org.seal4j.scripts.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.seal4j.data.json.Json;

/** Model folders made by tests, written byte by byte without the writer of the product. */
final class MadeModel {
  /** Rows, columns (0 for a vector), values. */
  private record Tensor(int rows, int columns, float[] values) {
    String shape() {
      return columns == 0 ? "[" + rows + "]" : "[" + rows + ", " + columns + "]";
    }
  }

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final SplittableRandom random;

  private MadeModel(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Random weights of the shapes that a config of the llama family asks for. */
  static void random(JsonNode config, long seed, Path folder) {
    MadeModel made = new MadeModel(seed);
    int hidden = config.path("hidden_size").asInt();
    int heads = config.path("num_attention_heads").asInt();
    int head = config.path("head_dim").asInt(hidden / heads);
    int keys = config.path("num_key_value_heads").asInt(heads) * head;
    int wide = config.path("intermediate_size").asInt();
    made.matrix("model.embed_tokens.weight", config.path("vocab_size").asInt(), hidden, 0.5);
    made.ones("model.norm.weight", hidden);
    for (int i = 0; i < config.path("num_hidden_layers").asInt(); i++) {
      String layer = "model.layers." + i + ".";
      made.matrix(layer + "self_attn.q_proj.weight", heads * head, hidden, 0.25);
      made.matrix(layer + "self_attn.k_proj.weight", keys, hidden, 0.25);
      made.matrix(layer + "self_attn.v_proj.weight", keys, hidden, 0.25);
      made.matrix(layer + "self_attn.o_proj.weight", hidden, heads * head, 0.25);
      made.matrix(layer + "mlp.gate_proj.weight", wide, hidden, 0.25);
      made.matrix(layer + "mlp.up_proj.weight", wide, hidden, 0.25);
      made.matrix(layer + "mlp.down_proj.weight", hidden, wide, 0.25);
      made.ones(layer + "input_layernorm.weight", hidden);
      made.ones(layer + "post_attention_layernorm.weight", hidden);
    }
    made.write(folder);
  }

  /**
   * A model that writes one token after the other: its layers add nothing, and the head's row of
   * each token is the embedding of the one before it.
   */
  static void chain(int[] ids, int vocabulary, int end, Path folder) {
    int hidden = 64;
    MadeModel made = new MadeModel(1);
    made.matrix("model.embed_tokens.weight", vocabulary, hidden, 1);
    float[] embedding = made.tensors.get("model.embed_tokens.weight").values();
    float[] head = new float[vocabulary * hidden];
    for (int i = 0; i + 1 < ids.length; i++) {
      System.arraycopy(embedding, ids[i] * hidden, head, ids[i + 1] * hidden, hidden);
    }
    made.tensors.put("lm_head.weight", new Tensor(vocabulary, hidden, head));
    made.ones("model.norm.weight", hidden);
    String layer = "model.layers.0.";
    for (String name : new String[] {"q_proj", "k_proj", "v_proj", "o_proj"}) {
      made.matrix(layer + "self_attn." + name + ".weight", hidden, hidden, 0);
    }
    made.matrix(layer + "mlp.gate_proj.weight", 8, hidden, 0);
    made.matrix(layer + "mlp.up_proj.weight", 8, hidden, 0);
    made.matrix(layer + "mlp.down_proj.weight", hidden, 8, 0);
    made.ones(layer + "input_layernorm.weight", hidden);
    made.ones(layer + "post_attention_layernorm.weight", hidden);
    made.write(folder);
    Cases.write(
        folder.resolve("config.json"),
        """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": %d,
         "hidden_size": %d, "intermediate_size": 8, "num_hidden_layers": 1,
         "num_attention_heads": 2, "num_key_value_heads": 2, "rms_norm_eps": 1e-6,
         "tie_word_embeddings": false, "max_position_embeddings": 256, "eos_token_id": %d,
         "hidden_act": "silu"}
        """
            .formatted(vocabulary, hidden, end));
  }

  /** Reads a config and makes weights for it, with the tokenizer of the small shared model. */
  static Path withConfig(Path config, Path folder) {
    return withConfig(Json.parse(plain(config), JsonNode.class, "config"), config, folder);
  }

  /** As {@link #withConfig(Path, Path)}, where the config's own shapes are not those to make. */
  static Path withConfig(JsonNode shapes, Path config, Path folder) {
    for (String name : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
      Cases.copyFile(Cases.model().resolve(name), folder.resolve(name));
    }
    Cases.copyFile(config, folder.resolve("config.json"));
    random(shapes, 0, folder);
    return folder;
  }

  /** Without a byte order mark and without numbers that JSON does not have. */
  private static String plain(Path config) {
    return Cases.read(config).replace("\uFEFF", "").replaceAll("NaN|Infinity", "null");
  }

  private void matrix(String name, int rows, int columns, double scale) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length && scale != 0; i++) {
      values[i] = (float) (scale * (random.nextDouble(-1, 1) * Math.sqrt(3)));
    }
    tensors.put(name, new Tensor(rows, columns, values));
  }

  private void ones(String name, int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1);
    tensors.put(name, new Tensor(count, 0, values));
  }

  private void write(Path folder) {
    StringJoiner header = new StringJoiner(", ", "{\"__metadata__\": {\"format\": \"pt\"}, ", "}");
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long end = at + 4L * entry.getValue().values().length;
      header.add(
          "\"%s\": {\"dtype\": \"F32\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
              .formatted(entry.getKey(), entry.getValue().shape(), at, end));
      at = end;
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("model.safetensors");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(little(8).putLong(text.length).flip());
        channel.write(ByteBuffer.wrap(text));
        for (Tensor tensor : tensors.values()) {
          ByteBuffer bytes = little(4 * tensor.values().length);
          bytes.asFloatBuffer().put(tensor.values());
          channel.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
