package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.seal4j.data.testing.SharedData;

/** Published tokenizers and texts beside the repository. */
enum RealTokenizers {
  GPT2("tokenizers/gpt2/tokenizer.json"),
  GPT2_FILES("tokenizers/gpt2/encoder.json"),
  QWEN2("tokenizers/qwen2"),
  TINY_BPE("tokenizers/tiny-bpe/tiny_bpe_tokenizer.json"),
  SIMPLE_STORIES("tokenizers/simplestories/simplestories-4096.json"),
  TINY_STORIES("weights/tinystories-656k");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<RealTokenizers, Tokenizer> READ = new ConcurrentHashMap<>();

  private final String path;

  RealTokenizers(String path) {
    this.path = path;
  }

  /** Ours, or a skipped test; read once. */
  Tokenizer ours() {
    return READ.computeIfAbsent(this, RealTokenizers::fresh);
  }

  /** Ours, just read. */
  Tokenizer fresh() {
    Path found = SharedData.orSkip(path);
    return this == GPT2_FILES
        ? Tokenizers.load(found, found.resolveSibling("vocab.bpe"))
        : Tokenizers.load(found);
  }

  /** A file that the reference reads. */
  Path reference(Path folder) throws IOException {
    return switch (this) {
      case GPT2_FILES -> GPT2.reference(folder);
      case QWEN2 -> qwen(SharedData.orSkip(path), folder.resolve("tokenizer.json"));
      case TINY_STORIES -> SharedData.orSkip(path).resolve("tokenizer.json");
      default -> SharedData.orSkip(path);
    };
  }

  /** The text as far as this vocabulary has characters for it. */
  String writable(String text) {
    return switch (this) {
      case TINY_BPE -> text.replaceAll("[^ -~\n]", "");
      default -> text;
    };
  }

  static List<Path> corpora() throws IOException {
    try (Stream<Path> files = Files.walk(SharedData.orSkip("corpora"))) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  /** Qwen2's files as the one file that its fast tokenizer has. */
  private static Path qwen(Path source, Path target) throws IOException {
    ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    JsonNode config = MAPPER.readTree(source.resolve("tokenizer_config.json").toFile());
    config
        .path("added_tokens_decoder")
        .properties()
        .forEach(
            entry ->
                added.add(
                    ((ObjectNode) entry.getValue()).put("id", Integer.parseInt(entry.getKey()))));
    root.putObject("normalizer").put("type", "NFC");
    ObjectNode cut = root.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode steps = cut.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", Patterns.QWEN2);
    split.put("behavior", "Isolated").put("invert", false);
    byteLevel(steps.addObject());
    byteLevel(root.putObject("decoder"));
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.set("vocab", MAPPER.readTree(source.resolve("vocab.json").toFile()));
    ArrayNode merges = model.putArray("merges");
    Files.readAllLines(source.resolve("merges.txt")).forEach(merges::add);
    MAPPER.writeValue(target.toFile(), root);
    return target;
  }

  private static void byteLevel(ObjectNode step) {
    step.put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", false);
    step.put("use_regex", false);
  }
}
