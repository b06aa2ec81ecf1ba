package org.seal4j.rl.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.AugmentationFlags;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;

class EditTokensTest {
  private final EditSchema schema = EditSchema.compact();
  private final EditTokens tokens = new EditTokens(schema);

  @Test
  void the_compact_schema_has_640_edits_of_7_slots_and_19_symbols() {
    assertThat(schema.configurations()).isEqualTo(640);
    assertThat(AllEdits.of(schema)).hasSize(640).doesNotHaveDuplicates();
    assertThat(tokens.length()).isEqualTo(7);
    assertThat(tokens.names())
        .hasSize(19)
        .doesNotHaveDuplicates()
        .startsWith("basic=0", "basic=1", "color=0")
        .endsWith("lr=0.01", "epochs=1", "epochs=2", "epochs=4", "epochs=8");
  }

  @Test
  void symbols_and_edits_are_one_to_one() {
    Set<List<Integer>> seen = new HashSet<>();
    for (FewShotEdit edit : AllEdits.of(schema)) {
      int[] symbols = tokens.encode(edit);
      assertThat(seen.add(Arrays.stream(symbols).boxed().toList())).isTrue();
      assertThat(tokens.decode(symbols)).isEqualTo(new ParsedEdit.Valid<>(edit));
      assertThat(tokens.read(tokens.text(symbols))).isEqualTo(new ParsedEdit.Valid<>(edit));
    }
    assertThat(seen).hasSize(640);
  }

  @Test
  void whatever_the_mask_allows_is_valid_and_nothing_else() {
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 3)).child("mask").rng();
    for (int i = 0; i < 2_000; i++) {
      int[] symbols = new int[tokens.length()];
      boolean allowed = true;
      for (int slot = 0; slot < symbols.length; slot++) {
        int[] mask = tokens.allowed(slot);
        boolean stray = rng.nextInt(20) == 0;
        symbols[slot] = stray ? rng.nextInt(22) - 1 : mask[rng.nextInt(mask.length)];
        allowed &= Arrays.binarySearch(mask, symbols[slot]) >= 0;
      }
      assertThat(tokens.decode(symbols) instanceof ParsedEdit.Valid).isEqualTo(allowed);
    }
  }

  @Test
  void the_masks_split_the_symbols_among_the_slots() {
    int next = 0;
    for (int slot = 0; slot < tokens.length(); slot++) {
      for (int symbol : tokens.allowed(slot)) {
        assertThat(symbol).isEqualTo(next++);
      }
    }
    assertThat(next).isEqualTo(tokens.names().size());
  }

  @Test
  void malformed_text_has_a_reason() {
    String good = tokens.text(tokens.encode(AllEdits.of(schema).get(77)));
    assertThat(reasonOf(tokens.read(""))).isEqualTo(InvalidReason.WRONG_LENGTH);
    assertThat(reasonOf(tokens.read(good + " epochs=1"))).isEqualTo(InvalidReason.WRONG_LENGTH);
    assertThat(reasonOf(tokens.read(good.replaceFirst("basic=.", "SEP"))))
        .isEqualTo(InvalidReason.WRONG_SYMBOL);
    assertThat(reasonOf(tokens.read(good.replaceFirst("basic=.", "epochs=8"))))
        .isEqualTo(InvalidReason.WRONG_SYMBOL);
    assertThat(reasonOf(tokens.read(good.replace(" ", "  "))))
        .isEqualTo(InvalidReason.WRONG_LENGTH);
  }

  @Test
  void an_edit_outside_the_schema_cannot_be_written() {
    AugmentationFlags size = new AugmentationFlags(false, true, false, false, false);
    assertThatThrownBy(() -> tokens.encode(new FewShotEdit(size, Strategy.ALL_TOKENS, 1e-3, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not offer");
    AugmentationFlags none = new AugmentationFlags(false, false, false, false, false);
    assertThatThrownBy(() -> tokens.encode(new FewShotEdit(none, Strategy.ALL_TOKENS, 2e-3, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0.002");
  }

  @Test
  void free_numbers_have_no_symbols_and_no_count() {
    assertThatThrownBy(() -> new EditTokens(EditSchema.reference()))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> EditSchema.reference().configurations())
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> EditSchema.reference().draw(Seeds.of(1).rng()))
        .isInstanceOf(InputException.class);
  }

  @Test
  void draws_are_uniform_over_all_configurations() {
    long seed = Long.getLong("seal.test.seed", 5);
    Rng rng = Seeds.of(seed).child("draws").rng();
    List<FewShotEdit> all = AllEdits.of(schema);
    int[] counts = new int[640];
    int n = 64_000;
    for (int i = 0; i < n; i++) {
      int[] s = tokens.encode(schema.draw(rng));
      int tools = s[0] << 0 | (s[1] - 2) << 1 | (s[2] - 4) << 2 | (s[3] - 6) << 3;
      counts[((tools * 2 + s[4] - 8) * 5 + s[5] - 10) * 4 + s[6] - 15]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 100.0) * (count - 100.0) / 100.0;
    }
    // 639 degrees of freedom: mean 639, standard deviation 35.7; five deviations.
    assertThat(chiSquare).as("seed %d", seed).isBetween(460.0, 818.0);
    assertThat(all).contains(schema.draw(rng));
  }

  private static String reasonOf(ParsedEdit<FewShotEdit> parsed) {
    assertThat(parsed).isInstanceOf(ParsedEdit.Invalid.class);
    return ((ParsedEdit.Invalid<FewShotEdit>) parsed).reason();
  }
}
