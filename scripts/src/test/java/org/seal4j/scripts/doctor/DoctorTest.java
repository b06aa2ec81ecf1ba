package org.seal4j.scripts.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.model.blas.Processor;
import org.seal4j.model.plan.Engine;
import org.seal4j.scripts.doctor.Finding.State;
import org.seal4j.scripts.run.BackendCheck;
import org.seal4j.scripts.run.BackendChoice;

class DoctorTest {
  private static final Processor AVX2 = new Processor("X", Set.of("avx2", "fma"));

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void every_topic_has_one_sentence_and_the_kernels_of_this_process_have_a_speed() {
    List<Finding> findings =
        Doctor.examine(() -> BackendCheck.load(BackendChoice.CPU), folder.resolve("not/yet/there"));
    assertThat(findings)
        .extracting(Finding::topic)
        .contains(
            "java",
            "flags",
            "memory",
            "cache",
            "temp",
            "processor",
            "backend",
            "engine",
            "kernels",
            "ops");
    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.text()).isNotBlank().doesNotContain("\n"));
    Finding kernels =
        findings.stream().filter(f -> f.topic().equals("kernels")).findFirst().orElseThrow();
    assertThat((double) kernels.figures().get("gigaflops")).isPositive();
    assertThat(kernels.text()).contains("kernels " + kernels.figures().get("name"));
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Engine.class)
  void each_op_agrees_with_plain_java(Engine engine) {
    Map<String, Double> differences = OpTrial.all(engine);
    assertThat(differences).hasSize(8);
    assertThat(differences)
        .allSatisfy((op, difference) -> assertThat(difference).as(op).isLessThan(1e-6));
    assertThat(Doctor.ofOps("ops", differences).state()).isEqualTo(State.OK);
  }

  @Test
  void an_op_that_differs_or_gives_no_number_is_a_fault_by_its_name() {
    Finding finding =
        Doctor.ofOps("ops", Map.of("attention", 0.5, "sum", 0.0, "SwiGLU", Double.NaN));
    assertThat(finding.state()).isEqualTo(State.FAULT);
    assertThat(finding.text())
        .contains("attention (5.0e-01)", "SwiGLU (", "OPENBLAS_CORETYPE")
        .doesNotContain("sum (");
    assertThat(OpTrial.relative(new float[] {1, Float.NaN}, new double[] {1, 1})).isInfinite();
    assertThat(OpTrial.relative(new float[] {1, 2.5f}, new double[] {1, 2})).isEqualTo(0.25);
  }

  @Test
  void slower_kernels_than_the_processor_has_and_slow_ones_are_told() {
    assertThat(Doctor.adviceOn("NEHALEM", 40, AVX2))
        .hasValueSatisfying(
            text -> assertThat(text).contains("this processor runs HASWELL", "unset"));
    assertThat(Doctor.adviceOn("ZEN", 3, AVX2))
        .hasValueSatisfying(text -> assertThat(text).contains("slow"));
    assertThat(Doctor.adviceOn("HASWELL", 60, AVX2)).isEmpty();
    assertThat(Doctor.adviceOn("ARMV8", 3, new Processor("unknown", Set.of()))).isEmpty();
  }

  @Test
  void a_container_is_named_and_limits_beyond_the_memory_are_told() {
    Finding roomy = memory(16, 8, 2, 4);
    assertThat(roomy.state()).isEqualTo(State.OK);
    assertThat(roomy.text()).startsWith("8.0 GiB of memory by the limit of the container;");
    Finding tight = memory(8, 8, 4, 6);
    assertThat(tight.state()).isEqualTo(State.ADVICE);
    assertThat(tight.text()).contains("lower -Xmx").doesNotContain("container");
  }

  private static Finding memory(long machine, long limit, long heap, long tensors) {
    return Surroundings.memory(
        Map.of(
            "machineBytes", machine << 30,
            "limitBytes", limit << 30,
            "heapBytes", heap << 30,
            "tensorBytes", tensors << 30,
            "residentBytes", 0L));
  }

  @Test
  void a_full_or_read_only_folder_comes_with_the_variable_to_set() {
    assertThat(Surroundings.disk("cache", folder, 2L << 30, true, "set X").state())
        .isEqualTo(State.OK);
    Finding full = Surroundings.disk("cache", folder, 1 << 20, true, "set X");
    assertThat(full.state()).isEqualTo(State.ADVICE);
    assertThat(full.text()).endsWith("has 1.0 MiB free; make room, or set X");
    Finding locked = Surroundings.disk("cache", folder, 2L << 30, false, "set X");
    assertThat(locked.state()).isEqualTo(State.FAULT);
    assertThat(locked.text()).endsWith("it cannot be written; set X");
    Finding missing = Surroundings.temporary(folder.resolve("missing"));
    assertThat(missing.state()).isEqualTo(State.FAULT);
    assertThat(missing.text()).contains("missing is no folder; make it").contains("tmpdir");
    assertThat(Surroundings.temporary(folder).text()).contains(" free");
  }

  @Test
  void missing_flags_are_a_fault_and_a_driver_of_a_gpu_is_named() {
    assertThat(Surroundings.flags(List.of("--add-modules=jdk.incubator.vector")).text())
        .contains("without [--add-modules=jdk.incubator.vector]", "scripts/seal");
    assertThat(
            Surroundings.gpu("NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue\n")
                .figures())
        .isEqualTo(Map.of("driver", "550.54.15"));
  }
}
