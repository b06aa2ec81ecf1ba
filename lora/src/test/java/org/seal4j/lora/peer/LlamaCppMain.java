package org.seal4j.lora.peer;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.CacheType;
import de.kherud.llama.args.LogFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Continues a text in llama.cpp, in a process of its own: {@code LlamaCppMain MODEL ADAPTER PROMPT
 * TOKENS OUT}, with an empty ADAPTER for none. Writes the prompt's ids to OUT on one line, then the
 * text. It ends with {@link Runtime#halt}: closing a model sometimes waits for its own thread for
 * ever.
 */
final class LlamaCppMain {
  /** The library for this machine is missing or needs another system. */
  static final int NOT_LOADED = 77;

  private LlamaCppMain() {}

  public static void main(String[] args) throws Exception {
    try {
      LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
    } catch (LinkageError e) {
      System.out.println(e);
      Runtime.getRuntime().halt(NOT_LOADED);
    }
    ModelParameters parameters =
        new ModelParameters()
            .setModel(args[0])
            .setCtxSize(512)
            .setThreads(1)
            .setThreadsBatch(1)
            .setGpuLayers(0)
            .setCacheTypeK(CacheType.F32)
            .setCacheTypeV(CacheType.F32);
    if (!args[1].isEmpty()) {
      parameters.addLoraAdapter(args[1]);
    }
    LlamaModel model = new LlamaModel(parameters);
    String prompt = args[2];
    String text =
        model.complete(
            new InferenceParameters(prompt)
                .setTemperature(0)
                .setNPredict(Integer.parseInt(args[3]))
                .setCachePrompt(false)
                .setIgnoreEos(true));
    String ids =
        Arrays.stream(model.encode(prompt))
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" "));
    Files.write(Path.of(args[4]), (ids + "\n" + text).getBytes(StandardCharsets.UTF_8));
    Runtime.getRuntime().halt(0);
  }
}
