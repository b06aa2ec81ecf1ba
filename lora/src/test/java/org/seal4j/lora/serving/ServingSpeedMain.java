package org.seal4j.lora.serving;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.kernel.WeightForm;

/**
 * Tokens per second of a {@link BatchedDecoding}: {@code MODEL FORM TOKENS}, such as {@code
 * smollm2.gguf float32 24}. Figures in docs/performance.md.
 */
public final class ServingSpeedMain {
  private ServingSpeedMain() {}

  public static void main(String[] args) throws Exception {
    WeightForm form = WeightForm.valueOf(args[1].toUpperCase(Locale.ROOT));
    int tokens = Integer.parseInt(args[2]);
    DecodingOptions options =
        new DecodingOptions(16, 4096, 64, 64 << 20, 8, 16, 64, 256, Duration.ofSeconds(30));
    try (TextModel model = TextModel.open(Path.of(args[0]), null, null, form)) {
      LoraConfig lora = new LoraConfig(16, 1, false, TargetModules.allLinear());
      List<ServedAdapter> adapters = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        adapters.add(ServingBench.adapter("a" + i, model.folder().config(), lora, Seeds.of(1)));
      }
      try (DecodingService service = BatchedDecoding.open(model, options)) {
        System.out.printf("weights %s, BLAS %s%n", form.text(), KernelChoice.inUse());
        int[] ids = model.encode("Once upon a time, in a town by the sea,");
        for (int together : new int[] {1, 4, 16}) {
          for (int kinds : new int[] {0, 1, 8}) {
            // Before each: adapters into their places, the prompt read, plans made.
            run(service, ids, adapters.subList(0, kinds), together, 2);
            run(service, ids, adapters.subList(0, kinds), together, tokens);
          }
        }
      }
    }
  }

  private static void run(
      DecodingService service, int[] ids, List<ServedAdapter> adapters, int together, int tokens)
      throws BusyException {
    List<Heard> heard = new ArrayList<>();
    long start = System.nanoTime();
    long cpu = cpu();
    for (int i = 0; i < together; i++) {
      List<WeightedAdapter> with =
          adapters.isEmpty()
              ? List.of()
              : List.of(WeightedAdapter.of(adapters.get(i % adapters.size())));
      Heard sink = new Heard();
      heard.add(sink);
      service.submit(
          new TextRequest(ids, with, Sampling.mostLikely(), StopRule.after(tokens), i, 0, i), sink);
    }
    heard.forEach(Heard::await);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "%d adapters, %2d requests of %d + %d tokens: %.2f s, %.2f CPU s, %.1f tokens/s%n",
        adapters.size(),
        together,
        ids.length,
        tokens,
        seconds,
        (cpu() - cpu) * 1e-9,
        together * tokens / seconds);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
