import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.CacheType;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** PeerBench in llama.cpp through its Java binding: LlamaCpp model.gguf PROMPT TOKENS RUNS LOG. */
final class LlamaCpp {
  private static final long ENOUGH = 1_000_000_000;

  public static void main(String[] args) throws Exception {
    int tokens = Integer.parseInt(args[2]);
    ModelParameters parameters =
        new ModelParameters()
            .setModel(args[0])
            .setThreads(1)
            .setThreadsBatch(1)
            .setGpuLayers(0)
            .setCacheTypeK(CacheType.F32)
            .setCacheTypeV(CacheType.F32);
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (LlamaModel model = new LlamaModel(parameters)) {
      String text = "";
      StringBuilder lines = new StringBuilder();
      InferenceParameters request =
          new InferenceParameters(args[1])
              .setTemperature(0)
              .setNPredict(tokens)
              .setCachePrompt(false)
              .setIgnoreEos(true);
      long warm = system.getProcessCpuTime() + 8 * ENOUGH;
      while (system.getProcessCpuTime() < warm) {
        text = model.complete(request);
      }
      for (int run = 0; run < Integer.parseInt(args[3]); run++) {
        long start = system.getProcessCpuTime();
        long spent = 0;
        int texts = 0;
        while (spent < ENOUGH) {
          text = model.complete(request);
          texts++;
          spent = system.getProcessCpuTime() - start;
        }
        lines.append(String.format(Locale.ROOT, "llama.cpp\ta token of a real model, float32\t%.5f%n", spent * 1e-6 / texts / tokens));
      }
      Files.writeString(Path.of(args[4]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      System.out.println(text);
      System.out.flush();
      Runtime.getRuntime().halt(0); // closing the model sometimes waits for its own thread for ever
    }
  }
}
