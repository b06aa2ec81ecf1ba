package org.seal4j.scripts.arc.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTableTest {
  private static final Places PLACES = new Places(Written.TOKENS);

  /** Two tasks of two kinds; the first choice is decided by the task, all others are even. */
  private static PolicyReading.Read read(double first) {
    double[][][] probability = new double[2][PLACES.count()][];
    double[][] entropy = new double[2][PLACES.count()];
    for (int t = 0; t < 2; t++) {
      for (int place = 0; place < PLACES.count(); place++) {
        int values = PLACES.values(place).size();
        probability[t][place] = new double[values];
        Arrays.fill(probability[t][place], 1.0 / values);
        entropy[t][place] = Math.log(values) / Math.log(2);
      }
      double p = t == 0 ? first : 1 - first;
      probability[t][0] = new double[] {p, 1 - p};
    }
    return new PolicyReading.Read(probability, entropy);
  }

  @Test
  void bits_of_a_policy_that_reads_are_told_from_those_of_one_that_does_not() {
    ReadingTable table = new ReadingTable(PLACES, List.of("a", "b"));
    table.add("before RL", read(0.5));
    table.add("after round 1", read(1));
    assertThat(table.information("before RL")).isZero();
    assertThat(table.information("after round 1")).isCloseTo(1, within(1e-12));
    // five choices of two, one of five, one of four values
    assertThat(table.entropy("before RL"))
        .isCloseTo(5 + Math.log(5) / Math.log(2) + 2, within(1e-12));
    assertThat(table.rows()).hasSize(2 * Written.TOKENS.names().size());
    assertThat(table.preferences().stages()).containsExactly("before RL", "after round 1");
    assertThat(table.preferences().settings().get(0).choices().get(0).shares())
        .containsExactly(0.5, 0.5);
  }
}
