package org.seal4j.model.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice for processors that exist, by the flags that Linux shows of them. */
class BlasKernelTest {
  private static final String SSE = "fpu sse sse2 pni ssse3 sse4_1 sse4_2 popcnt ";
  private static final String AVX2 = SSE + "avx f16c fma bmi1 avx2 bmi2 ";
  private static final String AVX512 = AVX2 + "avx512f avx512cd avx512bw avx512dq avx512vl ";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Skylake-X,                                 AVX512 clwb,                          SKYLAKEX",
    "Ice Lake,                                  AVX512 avx512ifma avx512_vnni,        SKYLAKEX",
    "Sapphire Rapids,                           AVX512 avx512_bf16 amx_tile,          SKYLAKEX",
    "Zen 4,                                     AVX512 avx512_bf16 sse4a,             SKYLAKEX",
    "Zen 5,                                     AVX512 avx512_bf16 avx_vnni,          SKYLAKEX",
    "Zen 3,                                     AVX2 sse4a vaes,                      HASWELL",
    "Haswell,                                   AVX2 movbe,                           HASWELL",
    "Alder Lake without AVX-512,                AVX2 avx_vnni vaes,                   HASWELL",
    "a virtual machine without avx512bw,        AVX2 avx512f avx512cd avx512dq avx512vl, HASWELL",
    "Knights Landing,                           AVX2 avx512f avx512cd avx512er,       HASWELL",
    "a virtual machine that hides fma,          SSE avx avx2,                         ''",
    "Sandy Bridge,                              SSE avx,                              ''",
    "an SSE machine,                            SSE,                                  ''",
    "arm64 or a system that does not tell,      '',                                   ''"
  })
  void the_flags_alone_decide(String machine, String flags, String expected) {
    assertThat(BlasKernel.bestFor(processor(flags)).map(Enum::name).orElse(""))
        .as(machine)
        .isEqualTo(expected);
  }

  private static Processor processor(String flags) {
    String all = flags;
    if (all.startsWith("AVX512")) {
      all = AVX512 + all.substring("AVX512".length());
    } else if (all.startsWith("AVX2")) {
      all = AVX2 + all.substring("AVX2".length());
    } else if (all.startsWith("SSE")) {
      all = SSE + all.substring("SSE".length());
    }
    return new Processor("X", all.isBlank() ? Set.of() : Set.of(all.split("\\s+", -1)));
  }

  @Test
  void no_kernels_are_chosen_that_the_processor_cannot_run() {
    for (String flags : List.of("AVX512", "AVX2", "SSE", "")) {
      Processor processor = processor(flags);
      BlasKernel.bestFor(processor)
          .ifPresent(kernel -> assertThat(kernel.missingOn(processor)).as(flags).isEmpty());
    }
    assertThat(BlasKernel.SKYLAKEX.missingOn(processor("AVX2")))
        .containsExactly("avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl");
  }

  @Test
  void a_flag_counts_where_every_core_has_it() {
    Processor mixed =
        Processor.parse(
            List.of(
                "processor\t: 0",
                "model name\t: Two Kinds of Cores",
                "flags\t\t: sse avx2 fma avx512f",
                "",
                "processor\t: 1",
                "model name\t: Another",
                "flags\t\t: fma avx2 sse",
                "vmx flags\t: ept"));
    assertThat(mixed).isEqualTo(new Processor("Two Kinds of Cores", Set.of("sse", "avx2", "fma")));
    assertThat(mixed.vectorBits()).isEqualTo(256);
  }

  @Test
  void a_list_of_arm64_and_an_empty_one_name_no_flags() {
    Processor arm = Processor.parse(List.of("processor\t: 0", "Features\t: fp asimd crc32"));
    assertThat(arm).isEqualTo(new Processor("unknown", Set.of()));
    assertThat(Processor.parse(List.of())).isEqualTo(arm);
    assertThat(arm.vectorBits()).isZero();
  }

  @Test
  void names_are_read_in_any_case_and_zen_counts_as_haswell() {
    assertThat(BlasKernel.named("SkylakeX")).contains(BlasKernel.SKYLAKEX);
    assertThat(BlasKernel.named("Zen6")).isEqualTo(Optional.empty());
    assertThat(BlasKernel.sameBits("Zen", "HASWELL")).isTrue();
    assertThat(BlasKernel.sameBits("SKYLAKEX", "Haswell")).isFalse();
  }
}
