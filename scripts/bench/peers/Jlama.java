import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.model.functions.Generator;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.prompt.PromptContext;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/** PeerBench in Jlama: Jlama FOLDER PROMPT TOKENS RUNS LOG. */
final class Jlama {
  private static final int WARM_UP = 30;
  private static final long ENOUGH = 1_000_000_000;

  public static void main(String[] args) throws Exception {
    int tokens = Integer.parseInt(args[2]);
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    AbstractModel model = ModelSupport.loadModel(new File(args[0]), DType.F32, DType.F32);
    PromptContext prompt = PromptContext.of(args[1]);
    StringBuilder lines = new StringBuilder();
    String text = "";
    for (int i = 0; i < WARM_UP; i++) {
      text = model.generate(UUID.randomUUID(), prompt, 0f, tokens, (s, f) -> {}).responseText;
    }
    for (int run = 0; run < Integer.parseInt(args[3]); run++) {
      long start = system.getProcessCpuTime();
      long spent = 0;
      long made = 0;
      while (spent < ENOUGH) {
        made += model.generate(UUID.randomUUID(), prompt, 0f, tokens, (s, f) -> {}).generatedTokens;
        spent = system.getProcessCpuTime() - start;
      }
      lines.append(String.format(Locale.ROOT, "jlama\ta token of a real model, float32\t%.5f%n", spent * 1e-6 / made));
    }
    Files.writeString(Path.of(args[4]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.println(text);
    System.exit(0);
  }
}
