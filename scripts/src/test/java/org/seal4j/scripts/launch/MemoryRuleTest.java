package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryRuleTest {
  @Test
  void tensors_get_half_of_the_memory_and_all_together_85_percent() {
    assertThat(MemoryRule.properties(8_000_000_000L))
        .containsEntry("org.bytedeco.javacpp.maxbytes", "4000000000")
        .containsEntry("org.bytedeco.javacpp.maxphysicalbytes", "6800000000");
  }

  @Test
  void the_heap_gets_a_quarter() {
    assertThat(LaunchFlags.forJava(17).jvm()).contains("-XX:MaxRAMPercentage=25");
  }

  @Test
  void a_limit_that_the_user_set_stays() {
    String set = System.getProperty("org.bytedeco.javacpp.maxbytes");
    MemoryRule.apply();
    assertThat(set).isNotNull();
    assertThat(System.getProperty("org.bytedeco.javacpp.maxbytes")).isEqualTo(set);
  }

  @Test
  void this_machine_has_memory() {
    assertThat(MemoryRule.physicalBytes()).isGreaterThan(1L << 28);
  }
}
