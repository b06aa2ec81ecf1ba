package org.seal4j.scripts.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.gguf.GgufExport;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;

/**
 * Greedy decoding of one text beside other engines on the JVM; {@code scripts/bench/peers} holds
 * theirs and says how the two are run.
 *
 * <pre>
 * PeerBench files MODEL FOLDER                 the model for the others: FOLDER/hf, FOLDER/model.gguf
 * PeerBench decode MODEL PROMPT TOKENS RUNS LOG [FORM of the weights]
 * </pre>
 */
public final class PeerBench {
  /** The clock of processes goes in steps of 10 ms: a measurement takes a second. */
  private static final long ENOUGH = 1_000_000_000;

  private PeerBench() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 3 && args[0].equals("files")) {
      files(Path.of(args[1]), Path.of(args[2]));
    } else {
      Checks.require(
          (args.length == 6 || args.length == 7) && args[0].equals("decode"),
          "usage: PeerBench files MODEL FOLDER | decode MODEL PROMPT TOKENS RUNS LOG [FORM]");
      String form = args.length == 6 ? "float32" : args[6];
      decode(
          Path.of(args[1]),
          WeightForm.valueOf(form.toUpperCase(Locale.ROOT)),
          args[2],
          Integer.parseInt(args[3]),
          Integer.parseInt(args[4]),
          Path.of(args[5]));
    }
  }

  private static void files(Path from, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (ModelFolder model = ModelFolder.load(from)) {
      model.save(folder.resolve("hf"));
      startToken(model, folder.resolve("hf/config.json"));
      Path tokenizer = model.tokenizer().orElseThrow();
      GgufExport.write(
          model.weights(),
          new GgufExport.About(
              model.source(), model.context(), model.endTokens(), tokenizer, GgufType.F32),
          folder.resolve("model.gguf"));
    }
  }

  /** Jlama starts every text with {@code bos_token_id}, which our form leaves to the tokenizer. */
  private static void startToken(ModelFolder model, Path config) {
    Tokenizers.load(model.tokenizer().orElseThrow())
        .bos()
        .ifPresent(
            id -> {
              ObjectNode keys = Json.read(config, ObjectNode.class);
              Json.write(config, keys.put("bos_token_id", id));
            });
  }

  /**
   * Appends a line {@code engine, workload, milliseconds per token} per run, and prints the text.
   */
  private static void decode(
      Path folder, WeightForm form, String prompt, int tokens, int runs, Path log)
      throws IOException {
    try (ModelFolder model = ModelFolder.load(folder);
        Worker worker = new Worker();
        Generator generator =
            new Generator(
                model.weights(),
                LinearBank.base(model.weights(), form),
                worker,
                new GeneratorOptions(1, 32))) {
      Tokenizer tokenizer = Tokenizers.load(model.tokenizer().orElseThrow());
      int[] words = tokenizer.encode(prompt);
      int first = tokenizer.bos().isPresent() ? 1 : 0;
      int[] ids = new int[first + words.length];
      tokenizer.bos().ifPresent(id -> ids[0] = id);
      System.arraycopy(words, 0, ids, first, words.length);
      Prompt read =
          Prompt.of(
              new TokenSequence(ids, new int[ids.length], new float[ids.length]), Seeds.of(0));
      GenerationConfig config = new GenerationConfig(Sampling.mostLikely(), StopRule.after(tokens));
      StringBuilder lines = new StringBuilder();
      Generation made = generator.generate(List.of(read), config).get(0);
      long warm = CpuClock.process() + 8 * ENOUGH;
      while (CpuClock.process() < warm) {
        made = generator.generate(List.of(read), config).get(0);
      }
      for (int run = 0; run < runs; run++) {
        long start = CpuClock.process();
        long spent = 0;
        int texts = 0;
        while (spent < ENOUGH) {
          made = generator.generate(List.of(read), config).get(0);
          texts++;
          spent = CpuClock.process() - start;
        }
        lines.append(
            String.format(
                Locale.ROOT,
                "engine\ta token of a real model, %s\t%.5f%n",
                form.text(),
                spent * 1e-6 / texts / tokens));
      }
      Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      System.out.write(tokenizer.decode(made.tokens()).getBytes(StandardCharsets.UTF_8));
      System.out.println();
    }
  }
}
