package org.seal4j.lora.peer;

import static org.assertj.core.api.Assertions.assertThat;

import de.kherud.llama.LlamaModel;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** llama.cpp in a process of its own, so that a fault of native code fails one test alone. */
final class LlamaCpp {
  private static final int MINUTES = 10;

  private LlamaCpp() {}

  /**
   * What it continued a prompt with.
   *
   * @param prompt ids of the prompt by its own tokenizer, without a first token
   * @param text greedy, behind the first token where the file asks for one, the end of texts
   *     ignored
   */
  @SuppressWarnings("ArrayRecordComponent") // data for a test; identity is never compared
  record Continued(int[] prompt, String text) {}

  /**
   * Continues a prompt; skips the test where the library does not run on this machine.
   *
   * @param adapter a GGUF file, or null
   * @param folder for its files
   */
  static Continued continued(
      Path model, @Nullable Path adapter, String prompt, int tokens, Path folder)
      throws IOException, InterruptedException {
    Path out = folder.resolve("peer.txt");
    Path log = folder.resolve("peer.log");
    // The binding unpacks its library there, and first deletes what is called like it.
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    Files.deleteIfExists(out);
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Dde.kherud.llama.tmpdir=" + unpacked,
            "-cp",
            Stream.of(LlamaModel.class, LlamaCppMain.class)
                .map(LlamaCpp::place)
                .collect(Collectors.joining(File.pathSeparator)),
            LlamaCppMain.class.getName(),
            model.toString(),
            adapter == null ? "" : adapter.toString(),
            prompt,
            Integer.toString(tokens),
            out.toString());
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("llama.cpp ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    Assumptions.assumeTrue(
        process.exitValue() != LlamaCppMain.NOT_LOADED,
        () -> "llama.cpp cannot be loaded on this machine: " + said);
    assertThat(out).as(said).exists();
    String[] parts = Files.readString(out).split("\n", 2);
    return new Continued(
        Arrays.stream(parts[0].split(" ")).mapToInt(Integer::parseInt).toArray(), parts[1]);
  }

  private static String place(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }
}
