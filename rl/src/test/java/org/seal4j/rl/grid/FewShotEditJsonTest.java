package org.seal4j.rl.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.arc.AugmentationFlags;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;

class FewShotEditJsonTest {
  private static final String COMPACT =
      "{\"data_generation\":{\"use_basic_augmentations\":false,\"use_size_augmentations\":false,"
          + "\"use_chain_augmentations\":false,\"use_repeat_augmentations\":true,"
          + "\"use_color_augmentations\":true},\"training\":"
          + "{\"strategy\":\"train_using_output_tokens\",\"learning_rate\":0.003,"
          + "\"num_train_epochs\":8}}";
  private static final String REFERENCE = COMPACT.replace(",\"use_color_augmentations\":true", "");

  private final FewShotEditJson compact = new FewShotEditJson(EditSchema.compact());
  private final FewShotEditJson reference = new FewShotEditJson(EditSchema.reference());

  @Test
  void the_canonical_text_is_the_documented_one() {
    FewShotEdit edit =
        new FewShotEdit(
            new AugmentationFlags(false, false, false, true, true),
            Strategy.OUTPUT_TOKENS,
            3e-3,
            8);
    assertThat(compact.write(edit)).isEqualTo(COMPACT);
    assertThat(compact.read(COMPACT)).isEqualTo(new ParsedEdit.Valid<>(edit));
  }

  @Test
  void every_compact_edit_is_read_back_as_written() {
    for (FewShotEdit edit : AllEdits.of(EditSchema.compact())) {
      assertThat(compact.read(compact.write(edit))).isEqualTo(new ParsedEdit.Valid<>(edit));
    }
  }

  @Tag("slow")
  @Test
  void free_numbers_are_read_back_as_written() {
    long seed = Long.getLong("seal.test.seed", 11);
    Rng rng = Seeds.of(seed).child("numbers").rng();
    for (int i = 0; i < 2_000; i++) {
      double rate = Math.abs(Double.longBitsToDouble(rng.nextLong()));
      if (!Double.isFinite(rate) || rate == 0) {
        continue;
      }
      AugmentationFlags flags =
          new AugmentationFlags(
              rng.nextBoolean(), rng.nextBoolean(), rng.nextBoolean(), rng.nextBoolean(), false);
      FewShotEdit edit =
          new FewShotEdit(
              flags, rng.pick(EditSchema.reference().strategies()), rate, 1 + rng.nextInt(100_000));
      assertThat(reference.read(reference.write(edit)))
          .as("seed %d, draw %d", seed, i)
          .isEqualTo(new ParsedEdit.Valid<>(edit));
    }
  }

  @Test
  void spaces_and_key_order_do_not_matter() {
    String spaced =
        "\n{ \"training\" : {\"num_train_epochs\":8, \"learning_rate\":3.0E-3,"
            + " \"strategy\":\"train_using_output_tokens\"},\t\"data_generation\":{"
            + "\"use_repeat_augmentations\":true,\"use_size_augmentations\":false,"
            + "\"use_chain_augmentations\":false,\"use_basic_augmentations\":false}} ";
    assertThat(reference.read(spaced)).isEqualTo(reference.read(REFERENCE));
    assertThat(reference.read(spaced)).isInstanceOf(ParsedEdit.Valid.class);
  }

  @ParameterizedTest(name = "{2}: {0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"data                     | Sure: {\"data                     | NOT_JSON",
        ":8}}                        | :8}                               | NOT_JSON",
        ":8}}                        | :8}}}                             | TRAILING_TEXT",
        ":8}}                        | :8}} as you asked                 | TRAILING_TEXT",
        ":8}}                        | :8}}{}                            | TRAILING_TEXT",
        "0.003                       | NaN                               | NOT_JSON",
        "\"num_train_epochs\":8      | \"epochs\":8                      | UNKNOWN_KEY",
        ",\"num_train_epochs\":8     | ``                                | MISSING_KEY",
        "\"use_size_augmentations\":false, | ``                          | MISSING_KEY",
        "\"use_color_augmentations\":true | \"use_color_augmentations\":true,\"x\":1 | UNKNOWN_KEY",
        "\"num_train_epochs\":8      | \"num_train_epochs\":8,\"num_train_epochs\":8 | DUPLICATE_KEY",
        "\"num_train_epochs\":8      | \"num_train_epochs\":null,\"num_train_epochs\":8 | DUPLICATE_KEY",
        "\"use_repeat_augmentations\":true | \"use_repeat_augmentations\":1 | WRONG_TYPE",
        "\"use_repeat_augmentations\":true | \"use_repeat_augmentations\":null | WRONG_TYPE",
        "0.003                       | \"0.003\"                         | WRONG_TYPE",
        ":8}}                        | :8.0}}                            | WRONG_TYPE",
        "\"train_using_output_tokens\" | []                              | WRONG_TYPE",
        "output_tokens               | test_tokens                       | UNKNOWN_STRATEGY",
        "\"use_size_augmentations\":false | \"use_size_augmentations\":true | TOOL_NOT_OFFERED",
        "0.003                       | 0.0031                            | BAD_LEARNING_RATE",
        "0.003                       | 0                                 | BAD_LEARNING_RATE",
        "0.003                       | -0.003                            | BAD_LEARNING_RATE",
        ":8}}                        | :3}}                              | BAD_EPOCHS",
        ":8}}                        | :4294967297}}                     | BAD_EPOCHS",
      })
  void each_kind_of_malformed_edit_has_its_reason(String find, String put, String reason) {
    String broken = COMPACT.replace(find, put);
    assertThat(broken).isNotEqualTo(COMPACT);
    assertThat(compact.read(broken))
        .isInstanceOfSatisfying(
            ParsedEdit.Invalid.class,
            invalid -> {
              assertThat(invalid.reason()).isEqualTo(reason);
              assertThat(invalid.sentence()).isNotBlank();
            });
  }

  @Test
  void what_is_wrong_is_said_in_words_of_ours() {
    for (String text :
        List.of("{\"a\": 1.2.3}", "{\"a\" 1}", "{\"a\": NaN}", "{\"a\": tru}", "{]")) {
      ParsedEdit<FewShotEdit> read = reference.read(text);
      assertThat(((ParsedEdit.Invalid<FewShotEdit>) read).sentence())
          .as(text)
          .startsWith("not JSON: ")
          .doesNotContain("Unexpected", "Unrecognized", "code ", "StreamRead", "Non-standard");
    }
  }

  @Test
  void text_that_is_no_object_at_all_is_refused() {
    assertThat(reasonOf(reference.read(""))).isEqualTo(InvalidReason.NOT_JSON);
    assertThat(reasonOf(reference.read("[]"))).isEqualTo(InvalidReason.NOT_AN_OBJECT);
    assertThat(reasonOf(reference.read("3"))).isEqualTo(InvalidReason.NOT_AN_OBJECT);
    assertThat(reasonOf(reference.read("null"))).isEqualTo(InvalidReason.NOT_AN_OBJECT);
    assertThat(reasonOf(reference.read("{\"data_generation\":1,\"training\":{}}")))
        .isEqualTo(InvalidReason.WRONG_TYPE);
    assertThat(reasonOf(reference.read("[".repeat(5_000)))).isEqualTo(InvalidReason.NOT_JSON);
    assertThat(reasonOf(reference.read(" ".repeat(20_000)))).isEqualTo(InvalidReason.NOT_JSON);
  }

  @Test
  void the_reference_takes_any_positive_number_and_no_color_flag() {
    assertThat(reference.read(REFERENCE.replace("0.003", "5")))
        .isInstanceOf(ParsedEdit.Valid.class);
    assertThat(reference.read(REFERENCE.replace(":8}}", ":77}}")))
        .isInstanceOf(ParsedEdit.Valid.class);
    assertThat(reasonOf(reference.read(COMPACT))).isEqualTo(InvalidReason.UNKNOWN_KEY);
    assertThat(reasonOf(reference.read(REFERENCE.replace("0.003", "1e999"))))
        .isEqualTo(InvalidReason.BAD_LEARNING_RATE);
    assertThat(reasonOf(reference.read(REFERENCE.replace(":8}}", ":0}}"))))
        .isEqualTo(InvalidReason.BAD_EPOCHS);
  }

  @Tag("slow")
  @Test
  void reading_never_throws_whatever_the_text() {
    long seed = Long.getLong("seal.test.seed", 12);
    Rng rng = Seeds.of(seed).child("mutations").rng();
    int valid = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = mutate(COMPACT, rng);
      ParsedEdit<FewShotEdit> parsed = compact.read(text);
      assertThat(parsed).as("seed %d, mutation %d: %s", seed, i, text).isNotNull();
      if (parsed instanceof ParsedEdit.Valid<FewShotEdit> ok) {
        valid++;
        assertThat(compact.read(compact.write(ok.edit()))).isEqualTo(parsed);
      }
    }
    assertThat(valid).isLessThan(5_000);
  }

  @Test
  void the_sentence_of_a_refusal_is_short_and_storable_whatever_it_quotes() {
    for (String quoted : List.of("\\ud800", "x".repeat(9_000), "\ud83d\ude00".repeat(2_000))) {
      String text = COMPACT.replace("train_using_output_tokens", quoted);
      assertThat(compact.read(text))
          .isInstanceOfSatisfying(
              ParsedEdit.Invalid.class,
              invalid -> {
                assertThat(invalid.reason()).isEqualTo(InvalidReason.UNKNOWN_STRATEGY);
                assertThat(invalid.sentence()).hasSizeLessThan(420);
                assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(invalid.sentence()))
                    .isTrue();
              });
    }
  }

  private static String mutate(String text, Rng rng) {
    String alphabet = "{}[]\":,0123456789.eE+-truefalsnu \\\n\u0000\ud800é";
    StringBuilder mutated = new StringBuilder(text);
    for (int edits = rng.between(1, 4); edits > 0 && mutated.length() > 0; edits--) {
      int at = rng.nextInt(mutated.length());
      char any = alphabet.charAt(rng.nextInt(alphabet.length()));
      switch (rng.nextInt(4)) {
        case 0 -> mutated.setCharAt(at, any);
        case 1 -> mutated.insert(at, any);
        case 2 -> mutated.deleteCharAt(at);
        default -> mutated.setLength(at);
      }
    }
    return mutated.toString();
  }

  private static String reasonOf(ParsedEdit<FewShotEdit> parsed) {
    assertThat(parsed).isInstanceOf(ParsedEdit.Invalid.class);
    return ((ParsedEdit.Invalid<FewShotEdit>) parsed).reason();
  }
}
