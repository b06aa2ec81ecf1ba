package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.json.Json;

/** GGUF files with a tokenizer and next to nothing else. */
final class GgufFiles {
  private static final int NORMAL = 1;
  private static final int CONTROL = 3;

  private GgufFiles() {}

  /** The vocabulary of a byte-level {@code tokenizer.json} as converters write it. */
  static Path byteLevel(Path tokenizer, String pre, Path to) {
    JsonNode root = Json.read(tokenizer, JsonNode.class);
    int count = 0;
    for (JsonNode id : root.path("model").path("vocab")) {
      count = Math.max(count, id.asInt() + 1);
    }
    for (JsonNode token : root.path("added_tokens")) {
      count = Math.max(count, token.path("id").asInt() + 1);
    }
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      tokens.add("[PAD" + id + "]");
    }
    List<Integer> types = new ArrayList<>(Collections.nCopies(count, 5));
    root.path("model")
        .path("vocab")
        .properties()
        .forEach(
            entry -> {
              tokens.set(entry.getValue().asInt(), entry.getKey());
              types.set(entry.getValue().asInt(), NORMAL);
            });
    for (JsonNode token : root.path("added_tokens")) {
      tokens.set(token.path("id").asInt(), token.path("content").asText());
      types.set(token.path("id").asInt(), token.path("special").asBoolean() ? CONTROL : 4);
    }
    List<String> merges = new ArrayList<>();
    root.path("model")
        .path("merges")
        .forEach(
            merge ->
                merges.add(
                    merge.isArray()
                        ? merge.path(0).asText() + " " + merge.path(1).asText()
                        : merge.asText()));
    return write(
        to,
        writer -> {
          writer.text("tokenizer.ggml.model", "gpt2");
          writer.text("tokenizer.ggml.pre", pre);
          writer.texts("tokenizer.ggml.tokens", tokens);
          writer.integers("tokenizer.ggml.token_type", types);
          writer.texts("tokenizer.ggml.merges", merges);
          writer.number("tokenizer.ggml.bos_token_id", tokens.size() - 1);
        });
  }

  /** The pieces of a SentencePiece model. */
  static Path pieces(Path model, Path to) throws IOException {
    ProtoMessage root =
        new ProtoMessage(
            model, ByteBuffer.wrap(Files.readAllBytes(model)).order(ByteOrder.LITTLE_ENDIAN));
    List<String> tokens = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    for (ProtoMessage piece : root.messages(1)) {
      tokens.add(piece.text(1, ""));
      types.add(piece.integer(3, 1));
      scores.add(piece.real(2, 0));
    }
    return write(
        to,
        writer -> {
          writer.text("tokenizer.ggml.model", "llama");
          writer.texts("tokenizer.ggml.tokens", tokens);
          writer.integers("tokenizer.ggml.token_type", types);
          writer.floats("tokenizer.ggml.scores", scores);
          writer.number("tokenizer.ggml.bos_token_id", 1);
          writer.number("tokenizer.ggml.eos_token_id", 2);
        });
  }

  /** A file with these keys. */
  static Path write(Path to, Consumer<GgufWriter> keys) {
    GgufWriter writer = new GgufWriter();
    keys.accept(writer);
    writer.tensor("x", new long[] {1}, GgufType.F32, () -> ByteBuffer.allocate(4));
    writer.write(to);
    return to;
  }
}
