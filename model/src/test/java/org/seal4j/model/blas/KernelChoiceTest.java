package org.seal4j.model.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seal4j.data.check.InputException;

class KernelChoiceTest {
  private static final Processor AVX2 =
      new Processor("AMD EPYC 7763", Set.of("avx2", "fma", "avx"));

  @Test
  void kernels_of_a_run_that_the_processor_cannot_run_are_refused_by_what_it_lacks() {
    assertThatThrownBy(() -> KernelChoice.requirePossible("SKYLAKEX", "", AVX2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("kernels SKYLAKEX of OpenBLAS")
        .hasMessageContaining("AMD EPYC 7763")
        .hasMessageContaining("it lacks [avx512bw, avx512cd");
    KernelChoice.requirePossible("HASWELL", "", AVX2);
    KernelChoice.requirePossible("NEOVERSEN1", "", new Processor("unknown", Set.of()));
  }

  @Test
  void a_setting_of_the_user_that_gives_other_bits_than_the_run_is_refused() {
    assertThatThrownBy(() -> KernelChoice.requirePossible("HASWELL", "Prescott", AVX2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("OPENBLAS_CORETYPE is 'Prescott'")
        .hasMessageContaining("unset it to resume");
    KernelChoice.requirePossible("ZEN", "Haswell", AVX2);
  }

  @Test
  void a_blank_setting_is_none() {
    assertThat(KernelChoice.own(null)).isEmpty();
    assertThat(KernelChoice.own("  ")).isEmpty();
    assertThat(KernelChoice.own(" Zen ")).isEqualTo("Zen");
  }

  @Test
  void a_loss_is_told_with_the_variable_to_set() {
    assertThat(KernelChoice.loss("SKYLAKEX", "ZEN", ""))
        .hasValueSatisfying(
            text -> assertThat(text).contains("its kernels 'ZEN'", "OPENBLAS_CORETYPE=SKYLAKEX"));
    assertThat(KernelChoice.loss("Zen6", "HASWELL", "Zen6"))
        .hasValueSatisfying(
            text ->
                assertThat(text).startsWith("OPENBLAS_CORETYPE is 'Zen6'").contains("unset it"));
    assertThat(KernelChoice.loss("HASWELL", "ZEN", "")).isEmpty();
    assertThat(KernelChoice.loss("", "NEHALEM", "")).isEmpty();
  }

  /** Each is a process of its own, since a choice counts for a process. */
  @Test
  @Tag("slow")
  @Timeout(300)
  void a_process_computes_with_the_kernels_that_were_chosen_or_says_what_is_lost()
      throws Exception {
    assumeTrue(BlasKernel.HASWELL.runsOn(Processor.here()), "needs a processor with AVX2");
    String best = BlasKernel.bestFor(Processor.here()).orElseThrow().name();
    List<String> chosen = process("", "first");
    assertThat(chosen).contains("kernels " + best, "loss none");
    List<String> taken = process("", "taken", "SANDYBRIDGE");
    assertThat(taken).contains("taken true", "kernels SANDYBRIDGE", "loss none");
    assertThat(taken).doesNotContain(bits(chosen));
    assertThat(process("Sandybridge", "first")).contains("kernels SANDYBRIDGE", bits(taken));
    List<String> haswell = process("Haswell", "first");
    assertThat(haswell).contains("kernels HASWELL");
    assertThat(process("Zen", "first")).contains("kernels ZEN", bits(haswell));
    List<String> late = process("", "late");
    assertThat(line(late, "loss ").equals("loss none"))
        .isEqualTo(
            BlasKernel.sameBits(best, line(late, "kernels ").substring("kernels ".length())));
  }

  private static String bits(List<String> lines) {
    return line(lines, "bits ");
  }

  private static String line(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  /** The lines of {@link ChosenKernel} under this setting of the user. */
  private static List<String> process(String own, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx512m", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1"); // a short life: what is computed is native
    command.addAll(List.of("-cp", classPath()));
    command.add(ChosenKernel.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(KernelChoice.VARIABLE);
    if (!own.isEmpty()) {
      builder.environment().put(KernelChoice.VARIABLE, own);
    }
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().toList();
  }

  private static String classPath() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Stream<String> ofLoader =
        loader instanceof URLClassLoader urls
            ? Stream.of(urls.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString())
            : Stream.empty();
    return Stream.concat(ofLoader, Stream.of(System.getProperty("java.class.path")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
