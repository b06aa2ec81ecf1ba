package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.model.blas.BlasKernel;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.blas.Processor;

class RunKernelsTest {
  private static final Backend CPU = new Backend("cpu", "CpuBackend");

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    BackendCheck.load(BackendChoice.CPU);
  }

  @Test
  void a_run_goes_on_with_the_kernels_it_was_begun_with() {
    begunWith(RunKernels.inUse(CPU));
    assertThat(RunKernels.missingEnvironment(BackendChoice.CPU, folder)).isEmpty();
    RunKernels.requireSame(folder, CPU);
  }

  @Test
  void other_kernels_than_those_of_the_run_are_refused() {
    String other = RunKernels.inUse(CPU).equals("PRESCOTT") ? "NEHALEM" : "PRESCOTT";
    begunWith(other);
    assertThatThrownBy(() -> RunKernels.requireSame(folder, CPU))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder + " cannot be resumed here")
        .hasMessageContaining("kernels " + other)
        .hasMessageContaining("OPENBLAS_CORETYPE=" + other);
    RunKernels.requireSame(folder, new Backend("cuda", "JCublasBackend"));
  }

  @Test
  void a_process_with_other_kernels_starts_another_unless_the_user_has_set_his_own() {
    assumeTrue(BlasKernel.NEHALEM.runsOn(Processor.here()), "needs x86-64 and Linux");
    String other = RunKernels.inUse(CPU).equals("NEHALEM") ? "PRESCOTT" : "NEHALEM";
    begunWith(other);
    if (System.getenv(KernelChoice.VARIABLE) == null) {
      assertThat(RunKernels.missingEnvironment(BackendChoice.CPU, folder))
          .isEqualTo(Map.of(KernelChoice.VARIABLE, other));
    } else {
      assertThatThrownBy(() -> RunKernels.missingEnvironment(BackendChoice.CPU, folder))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("unset it to resume the run");
    }
  }

  @Test
  void a_run_that_does_not_know_its_kernels_takes_those_of_the_machine() {
    assertThat(RunKernels.missingEnvironment(BackendChoice.CPU, folder)).isEmpty();
    begunWith(KernelChoice.UNKNOWN);
    assertThat(RunKernels.missingEnvironment(BackendChoice.CPU, folder)).isEmpty();
    RunKernels.requireSame(folder, CPU);
    assertThat(RunManifest.read(folder).run().recipe()).isEqualTo("r");
  }

  private void begunWith(String kernels) {
    new RunManifest(
            new RunManifest.Start("r", List.of("run"), "cpu", 1, "2026-01-31T12:00:00Z"),
            Map.of(),
            Map.of(),
            new Versions("1", "2", "3", "4"),
            new Machine("Linux 6", "amd64", 2, 1L << 31, "HotSpot"))
        .write(folder, Map.of(RunManifest.KERNELS, kernels));
  }
}
