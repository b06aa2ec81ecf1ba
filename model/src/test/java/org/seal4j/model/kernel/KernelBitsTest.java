package org.seal4j.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bits of every kernel depend neither on the JIT's state nor on the run. */
class KernelBitsTest {

  @Tag("slow")
  @Test
  void the_two_thousandth_run_has_the_bits_of_the_first() {
    Map<String, String> first = KernelBits.hashes(1);
    assertThat(KernelBits.hashes(2000)).isEqualTo(first);
  }

  @Tag("slow")
  @Test
  void a_virtual_machine_that_never_compiles_has_the_same_bits() throws Exception {
    assertThat(inFreshVm("-Xint")).isEqualTo(KernelBits.hashes(1));
  }

  @Tag("slow")
  @Test
  void the_quick_compiler_has_the_same_bits() throws Exception {
    assertThat(inFreshVm("-XX:TieredStopAtLevel=1")).isEqualTo(KernelBits.hashes(1));
  }

  private static Map<String, String> inFreshVm(String flag)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    flag,
                    "--add-modules=jdk.incubator.vector",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KernelBits.class.getName()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int space = line.lastIndexOf(' ');
      hashes.put(line.substring(0, space), line.substring(space + 1));
    }
    return hashes;
  }
}
