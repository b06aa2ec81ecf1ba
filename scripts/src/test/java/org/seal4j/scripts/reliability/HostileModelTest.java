package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.Repository;

/** Configurations, indexes and headers of weights that were made to hurt. */
class HostileModelTest {
  /** Whatever waits for ever ends the test; a busy machine does not. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private static final Path OLD =
      Repository.root().resolve("scripts/src/test/resources/old-files/0.1.0/model");
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path temp;

  private Path model = Path.of("");

  @BeforeEach
  void copy() {
    model = Cases.copy(OLD, temp.resolve("model"));
  }

  /** What the folder's reader says. */
  private String said() {
    try {
      assertTimeoutPreemptively(LIMIT, () -> ModelFolder.load(model).close());
    } catch (InputException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("not refused");
  }

  private void assertRefused(String file, String... words) {
    String said = said();
    Product.requireSentence(said, words);
    assertThat(said).contains(model.resolve(file).toString());
  }

  /** One member of the configuration is another, or one more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"hidden_size\": 16|\"hidden_size\": 16, \"hidden_size\": 16|given twice",
        "\"hidden_size\": 16|\"hidden_size\": 1e400|hidden_size must be an integer",
        "\"hidden_size\": 16|\"hidden_size\": 16.0|hidden_size must be an integer",
        "\"hidden_size\": 16|\"hidden_size\": -16|hidden_size must be an integer >= 1",
        "\"hidden_size\": 16|\"hidden_size\": 4294967312|hidden_size must be an integer",
        "\"hidden_size\": 16|\"hidden_size\": 99999999999999999999999|hidden_size must be",
        "\"hidden_size\": 16|\"hidden_size\": [16]|hidden_size must be an integer",
        "\"hidden_size\": 16|\"hidden_size\": \"16\"|hidden_size must be an integer",
        "\"hidden_size\": 16|\"hidden_size\": true|hidden_size must be an integer",
        "\"num_hidden_layers\": 2|\"num_hidden_layers\": 2147483647|at most 4096 are read",
        "\"num_attention_heads\": 2|\"num_attention_heads\": 2147483647|num_attention_heads",
        "\"head_dim\": 8|\"head_dim\": 1073741824|num_attention_heads times head_dim",
        "\"max_position_embeddings\": 128|\"max_position_embeddings\": 0|max_position_embeddings",
        "\"rms_norm_eps\": 1.0E-5|\"rms_norm_eps\": Infinity|rms_norm_eps must be a number",
        "\"rms_norm_eps\": 1.0E-5|\"rms_norm_eps\": 1e-999|rms_norm_eps must be > 0",
        "\"rope_theta\": 10000.0|\"rope_theta\": NaN|rope_theta must be a number",
        "\"rope_theta\": 10000.0|\"rope_theta\": 1e999|rope_theta must be a number",
        "\"eos_token_id\": 0|\"eos_token_id\": [0, null]|eos_token_id must be an id",
        "\"eos_token_id\": 0|\"eos_token_id\": [[0]]|eos_token_id must be an id",
        "\"eos_token_id\": 0|\"eos_token_id\": -1|the model's ids are 0 to 399",
        "\"eos_token_id\": 0|\"eos_token_id\": 99999999999|the model's ids are 0 to 399",
        "\"eos_token_id\": 0|\"eos_token_id\": {\"a\": 0}|eos_token_id must be an id",
        "\"model_type\": \"llama\"|\"model_type\": [\"llama\"]|model_type must be a text",
        "\"model_type\": \"llama\"|\"model_type\": \"\\u0000llama\"|model_type '\\u0000llama'",
        "\"tie_word_embeddings\": true|\"tie_word_embeddings\": \"true\"|tie_word_embeddings must",
        "\"torch_dtype\": \"float32\"|\"\\u001b[2J\": 1|\\u001b[2J is 1",
        "\"torch_dtype\": \"float32\"|\"rope_scaling\": [1]|rope_scaling must be an object",
        "\"torch_dtype\": \"float32\"|\"rope_scaling\": {\"type\": {}}|rope_scaling.type must be",
      })
  void a_hostile_value_in_the_configuration_is_refused_by_key(
      String good, String bad, String word) {
    String text = Cases.read(model.resolve(CONFIG));
    assertThat(text).contains(good);
    Cases.write(model.resolve(CONFIG), text.replace(good, bad));
    assertRefused(CONFIG, word);
  }

  @ParameterizedTest
  @CsvSource({"vocab_size, 400", "intermediate_size, 24", "max_position_embeddings, 128"})
  void a_size_is_held_against_the_weights_before_memory_is_taken(String key, String small) {
    String text = Cases.read(model.resolve(CONFIG));
    String large =
        text.replace("\"%s\": %s,".formatted(key, small), "\"%s\": 2147483647,".formatted(key));
    assertThat(large).isNotEqualTo(text);
    Cases.write(model.resolve(CONFIG), large);
    if (key.startsWith("max_")) {
      ModelFolder.load(model).close();
    } else {
      assertRefused(WEIGHTS, "instead of [2147483647, 16]");
    }
  }

  @Test
  void a_configuration_that_is_deep_long_or_full_of_keys_is_refused() {
    String text = Cases.read(model.resolve(CONFIG));
    String more = text.replace("\"torch_dtype\": \"float32\"", "\"x\": %s");
    for (String value :
        new String[] {
          "[".repeat(100_000),
          "{\"a\":".repeat(100_000),
          "\"" + "x".repeat(5 << 20) + "\"",
          "9".repeat(100_000),
          "-",
          "\"\\ud800\""
        }) {
      Cases.write(model.resolve(CONFIG), more.formatted(value));
      assertRefused(CONFIG);
    }
    Cases.write(model.resolve(CONFIG), more.formatted("1, " + colliding(12)));
    assertRefused(CONFIG);
    Cases.write(model.resolve(CONFIG), text.replace("\"", "\0\"\0"));
    assertRefused(CONFIG);
  }

  /** 2^n keys that simple hashes take for the same: 'Aa' and 'B@' count alike. */
  private static String colliding(int n) {
    return IntStream.range(0, 1 << n)
        .mapToObj(
            i ->
                IntStream.range(0, n)
                    .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "B@")
                    .collect(Collectors.joining("", "\"", "\": 1")))
        .collect(Collectors.joining(", "));
  }

  private void index(String map) {
    try {
      Files.deleteIfExists(model.resolve(WEIGHTS));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Cases.write(model.resolve(INDEX), "{\"weight_map\": " + map + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": \"../x.safetensors\"}|in the same folder",
        "{\"a\": \"/etc/x.safetensors\"}|in the same folder",
        "{\"a\": \"b\\\\x.safetensors\"}|in the same folder",
        "{\"a\": \"x\\u0000.safetensors\"}|in the same folder",
        "{\"a\": \"..\"}|in the same folder",
        "{\"a\": \".safetensors\"}|in the same folder",
        "{\"a\": \"config.json\"}|in the same folder",
        "{\"a\": [\"x.safetensors\"]}|in the same folder",
        "{\"a\": null}|in the same folder",
        "{\"a\": 1}|in the same folder",
        "{\"a\": \"x.safetensors\", \"a\": \"y.safetensors\"}|given twice",
        "{}|weight_map must be an object",
        "[]|weight_map must be an object",
        "null|weight_map must be an object",
        "{\"\\u202eb\": \"x.safetensors\"}|'\\u202eb' is in x.safetensors, but there is no such",
      })
  void an_index_that_names_no_file_of_the_folder_is_refused(String map, String word) {
    index(map);
    assertRefused(INDEX, word);
  }

  @Test
  @Tag("slow")
  void an_index_of_thousands_of_parts_is_refused_in_one_sentence() {
    String parts =
        IntStream.range(0, 5000)
            .mapToObj(i -> "\"t%d\": \"part-%d.safetensors\"".formatted(i, i))
            .collect(Collectors.joining(", ", "{", "}"));
    index(parts);
    assertRefused(INDEX, "was not copied in full");
    for (int i = 0; i < 5000; i++) {
      String header = "{\"t%d\": {\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0, 0]}}";
      Cases.write(model.resolve("part-" + i + ".safetensors"), file(header.formatted(i), 0));
    }
    assertRefused(INDEX);
    index("{" + colliding(12).replace(": 1", ": \"part-1.safetensors\"") + "}");
    assertRefused(INDEX);
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  /** The header of a file with 8 bytes of data. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [0, 8]}}|shape must be",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2.0], \"data_offsets\": [0, 8]}}|shape must be",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [[2]], \"data_offsets\": [0, 8]}}|shape must be",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": {\"x\": 2}, \"data_offsets\": [0, 8]}}|shape must",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [4611686018427387904, 4], \"data_offsets\": [0,"
            + " 0]}}|impossible shape",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [9223372036854775808], \"data_offsets\": [0,"
            + " 8]}}|shape must be",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [-8, 0]}}|data_offsets must"
            + " be",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 0]}}|data_offsets must"
            + " be",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8, 16]}}|data_offsets"
            + " must",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [9223372036854775800,"
            + " 9223372036854775807]}}|needs 8 bytes",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 16]}}|there is a gap",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [4], \"data_offsets\": [0, 16]}}|truncated",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}|follow the last"
            + " tensor",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}, \"a\": {}}|given"
            + " twice",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}, \"b\": {\"dtype\":"
            + " \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}|overlap",
        "{\"a\": {\"dtype\": \"F4\", \"shape\": [2], \"data_offsets\": [0, 8]}}|which is not known",
        "{\"a\": {\"dtype\": 1, \"shape\": [2], \"data_offsets\": [0, 8]}}|which is not known",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8], \"x\": 0}}|exactly"
            + " dtype",
        "{\"__metadata__\": [], \"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0,"
            + " 8]}}|must be a JSON object",
        "{\"__metadata__\": {\"a\": 1}}|must be a text",
        "[]|must be a JSON object",
        "{\"\\u0007\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}|\\u0007"
      })
  @Tag("slow")
  void a_hostile_header_is_refused_by_tensor(String header, String word) {
    Cases.write(model.resolve(WEIGHTS), file(header, 8));
    assertRefused(WEIGHTS, word);
  }

  @Test
  @Tag("slow")
  void a_header_that_is_long_deep_or_of_an_impossible_length_is_refused() {
    Path weights = model.resolve(WEIGHTS);
    for (long length : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 93}) {
      byte[] bytes = file("{}" + " ".repeat(90), 0);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      Cases.write(weights, bytes);
      assertRefused(WEIGHTS);
    }
    String many =
        IntStream.range(0, 200_000)
            .mapToObj(
                i -> "\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));
    Cases.write(weights, file(many, 0));
    assertRefused(WEIGHTS, "200000 in all");
    String dimensions = "{\"a\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[0,4]}}";
    Cases.write(weights, file(dimensions.formatted("1,".repeat(1_000_000) + "1"), 4));
    assertRefused(WEIGHTS);
    Cases.write(weights, file("{\"" + "x".repeat(19_000_000) + "\": 1}", 0));
    assertRefused(WEIGHTS);
    Cases.write(weights, file("{" + colliding(14) + "}", 0));
    assertRefused(WEIGHTS);
    Cases.write(weights, file("{\"a\":".repeat(200_000), 0));
    assertRefused(WEIGHTS);
  }
}
