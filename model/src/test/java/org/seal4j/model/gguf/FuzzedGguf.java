package org.seal4j.model.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.seed.Rng;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;

/** A small GGUF file with a tokenizer and tensors of two types, and the ways it is damaged. */
final class FuzzedGguf {
  private static final ModelConfig SIZES =
      new ModelConfig(40, 32, 1, 2, 1, 16, 32, 1e-5, 1e4, false, false, false, 0);

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    7,
    8,
    9,
    12,
    13,
    31,
    32,
    33,
    39,
    255,
    65536,
    1 << 20,
    Integer.MAX_VALUE,
    0x80000000L,
    0xffffffffL,
    1L << 32,
    1L << 40,
    1L << 61,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2
  };

  private static final List<String> WORDS =
      List.of(
          "llama",
          "qwen2",
          "gpt2",
          "gpt-2",
          "smollm",
          "bert",
          "gemma3",
          "gemma3.attention.sliding_window",
          "blk.0.post_ffw_norm.weight",
          "model",
          "token_embd.weight",
          "output.weight",
          "blk.0.attn_q.weight",
          "blk.1.attn_q.weight",
          "general.alignment",
          "tokenizer.ggml.merges",
          "{{ messages }}",
          "{% for m in messages %}{{ m",
          "\u0000",
          "a b",
          "a  b");

  private FuzzedGguf() {}

  /** Writes the sound file and gives its bytes. */
  static byte[] sound(Path file) throws IOException {
    GgufWriter writer = new GgufWriter();
    writer.text("general.architecture", "llama");
    writer.text("general.type", "model");
    writer.number("general.alignment", 32);
    writer.number("llama.context_length", 64);
    writer.number("llama.embedding_length", SIZES.dim());
    writer.number("llama.block_count", SIZES.layers());
    writer.number("llama.feed_forward_length", SIZES.ffDim());
    writer.number("llama.attention.head_count", SIZES.heads());
    writer.number("llama.attention.head_count_kv", SIZES.kvHeads());
    writer.number("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    writer.number("llama.rope.dimension_count", SIZES.headSize());
    writer.number("llama.rope.freq_base", 1e4f);
    writer.number("llama.vocab_size", SIZES.vocabSize());
    tokenizer(writer);
    WeightNames.shapes(SIZES)
        .forEach(
            (ours, shape) -> {
              GgufType stored = shape.length == 1 ? GgufType.F32 : GgufType.Q8_0;
              long values = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
              int bytes = (int) (values / stored.blockValues() * stored.blockBytes());
              writer.tensor(
                  GgufNames.of(ours, SIZES.form()),
                  shape,
                  stored,
                  () -> ByteBuffer.allocate(bytes));
            });
    writer.write(file);
    return Files.readAllBytes(file);
  }

  private static void tokenizer(GgufWriter writer) {
    List<String> tokens = new ArrayList<>(List.of("<s>", "</s>"));
    List<Integer> types = new ArrayList<>(List.of(3, 3));
    for (char c = 'a'; tokens.size() < 36; c++) {
      tokens.add(Character.toString(c));
      types.add(1);
    }
    tokens.addAll(List.of("ab", "abc", "Ġ", "Ġab"));
    types.addAll(List.of(1, 1, 1, 4));
    writer.text("tokenizer.ggml.model", "gpt2");
    writer.text("tokenizer.ggml.pre", "gpt-2");
    writer.texts("tokenizer.ggml.tokens", tokens);
    writer.integers("tokenizer.ggml.token_type", types);
    writer.texts("tokenizer.ggml.merges", List.of("a b", "ab c", "Ġ ab"));
    writer.number("tokenizer.ggml.bos_token_id", 0);
    writer.number("tokenizer.ggml.eos_token_id", 1);
    writer.flag("tokenizer.ggml.add_bos_token", true);
    writer.text("tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{% endfor %}");
  }

  /** One to three damages of one kind; most in what stands before the tensors. */
  static byte[] damage(byte[] sound, GgufHeader header, Rng rng) {
    int data = (int) header.tensors().values().stream().mapToLong(t -> t.begin()).min().orElse(0);
    int times = rng.between(1, 3);
    byte[] damaged = sound.clone();
    ByteBuffer bytes = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
    int kind = rng.nextInt(7);
    if (kind == 0) {
      return Arrays.copyOf(sound, rng.nextInt(sound.length));
    }
    if (kind == 1) {
      return Arrays.copyOf(sound, sound.length + rng.between(1, 99));
    }
    for (int i = 0; i < times; i++) {
      long number = NUMBERS[rng.nextInt(NUMBERS.length)];
      int at = rng.nextInt(data - 8);
      switch (kind) {
        case 2 -> damaged[rng.nextInt(sound.length)] = (byte) rng.nextInt(256);
        case 3 -> damaged[at] = (byte) rng.nextInt(256);
        case 4 -> bytes.putInt(at, (int) number);
        case 5 -> bytes.putLong(at, number);
        default -> splice(damaged, at, WORDS.get(rng.nextInt(WORDS.size())));
      }
    }
    return damaged;
  }

  /** Puts a word over what stands there, behind its length where there is room for it. */
  private static void splice(byte[] bytes, int at, String word) {
    byte[] text = word.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, bytes, at, Math.min(text.length, bytes.length - at));
    if (at >= 8) {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at - 8, text.length);
    }
  }
}
