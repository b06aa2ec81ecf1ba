package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.check.InputException;

class BackendCheckTest {

  @ParameterizedTest
  @EnumSource(names = {"CPU", "AUTO"})
  void the_default_build_computes_on_the_processor(BackendChoice choice) {
    assertThat(BackendCheck.load(choice)).hasToString("cpu (CpuBackend)");
    assertThat(BackendCheck.missingEnvironment(choice)).isEmpty();
  }

  @Test
  void asking_for_CUDA_without_it_is_one_sentence() {
    assertThatThrownBy(() -> BackendCheck.load(BackendChoice.CUDA))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--backend cuda was asked for, but this build brings only the CPU");
  }

  @Test
  void a_silent_fallback_to_the_processor_is_refused() {
    assertThatThrownBy(() -> BackendCheck.verify(BackendChoice.CUDA, "CpuBackend"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--backend cuda was asked for, but ND4J loaded cpu (CpuBackend)");
    assertThatThrownBy(() -> BackendCheck.verify(BackendChoice.CPU, "JCublasBackend"))
        .isInstanceOf(InputException.class);
    assertThat(BackendCheck.verify(BackendChoice.AUTO, "CpuBackend").name()).isEqualTo("cpu");
    assertThat(BackendCheck.verify(BackendChoice.CUDA, "JCublasBackend").name()).isEqualTo("cuda");
  }

  @Test
  void a_gpu_is_refused_unless_the_user_wants_what_is_not_proven() {
    Backend gpu = new Backend("cuda", "JCublasBackend");
    assertThatThrownBy(() -> BackendCheck.requireProven(gpu, false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("with JCublasBackend")
        .hasMessageContaining("use --backend cpu, or add --unproven");
    BackendCheck.requireProven(gpu, true);
    BackendCheck.requireProven(new Backend("cpu", "CpuBackend"), false);
    assertThat(BackendCheck.load(BackendChoice.AUTO, true)).hasToString("cpu (CpuBackend)");
  }

  @Test
  void a_build_with_both_backends_needs_their_order_in_the_environment() {
    Map<String, String> cpuFirst =
        BackendCheck.missingEnvironment(BackendChoice.CPU, true, Map.of("PATH", "x"));
    assertThat(cpuFirst).containsEntry("BACKEND_PRIORITY_CPU", "200").hasSize(2);
    assertThat(BackendCheck.missingEnvironment(BackendChoice.CPU, true, cpuFirst)).isEmpty();
    assertThat(BackendCheck.missingEnvironment(BackendChoice.CUDA, true, cpuFirst)).hasSize(2);
    assertThat(BackendCheck.missingEnvironment(BackendChoice.CPU, false, Map.of())).isEmpty();
  }
}
