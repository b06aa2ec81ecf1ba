package org.seal4j.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the numbers of a key-value cache stand. */
class CacheBlocksTest {
  @ParameterizedTest
  @CsvSource({"1,1", "2,6", "3,8", "4,20"})
  void every_number_has_a_place_of_its_own_and_a_block_of_tokens_is_one_stretch(
      int heads, int size) {
    CacheBlocks blocks = new CacheBlocks(heads, size);
    BitSet keys = new BitSet();
    BitSet values = new BitSet();
    for (int token = 0; token < 40; token++) {
      for (int head = 0; head < heads; head++) {
        for (int d = 0; d < size; d++) {
          keys.set(blocks.key(token, head) + d * CacheBlocks.TOKENS);
          values.set(blocks.value(token, head) + d);
        }
      }
      assertThat(keys.cardinality()).isEqualTo((token + 1) * heads * size);
      assertThat(values.cardinality()).isEqualTo(keys.cardinality());
      int whole = CacheBlocks.rounded(token + 1) * heads * size;
      assertThat(keys.length()).isLessThanOrEqualTo(whole);
      assertThat(values.length()).isLessThanOrEqualTo(whole);
    }
  }

  @Test
  void blocks_are_whole() {
    assertThat(CacheBlocks.rounded(0)).isZero();
    assertThat(CacheBlocks.rounded(1)).isEqualTo(16);
    assertThat(CacheBlocks.rounded(16)).isEqualTo(16);
    assertThat(CacheBlocks.rounded(17)).isEqualTo(32);
  }
}
