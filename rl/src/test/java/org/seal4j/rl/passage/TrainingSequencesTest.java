package org.seal4j.rl.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;

class TrainingSequencesTest {
  private static final TrainingSequences RULES = TrainingSequences.defaults();

  @Nested
  class The_marker {
    @Test
    void drops_the_thoughts_before_it() {
      assertThat(RULES.pieces("I think first.\nAnd again.\nImplications:\n1. A.\n2. B."))
          .containsExactly("1. A.", "2. B.");
    }

    @Test
    void counts_only_once() {
      assertThat(RULES.pieces("x\nImplications: a\nb\nImplications: c"))
          .containsExactly("a", "b", "Implications: c");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Implications:\nA.\nB.", "Of the Implications:\nA.", "x\n Implications: a"})
    void means_nothing_in_the_first_line_or_inside_a_line(String completion) {
      assertThat(RULES.pieces(completion))
          .first()
          .asString()
          .isIn("Implications:", "Of the Implications:", "x");
    }

    @Test
    void means_nothing_in_the_first_version() {
      assertThat(TrainingSequences.referenceCompat().pieces("x\nImplications:\ny"))
          .containsExactly("x", "Implications:", "y");
    }
  }

  @Nested
  class Three_dashes {
    @Test
    void separate_parts_which_stay_whole_without_line_splitting() {
      assertThat(RULES.withSplitNewlines(false).pieces(" a\nb \n---\n\n---  c"))
          .containsExactly("a\nb", "c");
    }

    @Test
    void split_in_the_middle_of_a_line_too() {
      assertThat(RULES.pieces("a---b\nc----d")).containsExactly("a", "b", "c", "-d");
    }

    @Test
    void alone_are_the_text_itself() {
      assertThat(RULES.pieces(" --- ")).containsExactly("---");
    }
  }

  @Nested
  class Lines {
    @Test
    void become_pieces_stripped_and_numbered_as_they_were() {
      assertThat(RULES.pieces("1. A.\n\n \u00a0 2. B. \r\n- C.\u2028D"))
          .containsExactly("1. A.", "2. B.", "- C.", "D");
    }

    @Test
    void lose_a_preamble_before_item_one() {
      assertThat(RULES.pieces("Sure, here is a list:\n1. A.\n2. B."))
          .containsExactly("1. A.", "2. B.");
    }

    @Test
    void keep_the_first_where_the_second_is_not_item_one() {
      assertThat(RULES.pieces("Intro\n2. A.")).containsExactly("Intro", "2. A.");
      assertThat(RULES.pieces("1. only")).containsExactly("1. only");
      assertThat(RULES.pieces("a\nb\n1. c")).containsExactly("a", "b", "1. c");
    }

    @Test
    void of_all_parts_together_decide_about_the_preamble() {
      assertThat(RULES.pieces("Intro\n---\n1. A.")).containsExactly("1. A.");
    }
  }

  @Nested
  class Questions_with_answers {
    @Test
    void stay_together() {
      assertThat(RULES.pieces("Question 1: who?\nAnswer: he\n\nQuestion 2: what?\nAnswer : it"))
          .containsExactly("Question 1: who?\nAnswer: he", "Question 2: what?\nAnswer : it");
    }

    @Test
    void get_the_number_that_the_prompt_had_given() {
      assertThat(RULES.pieces("who?\nAnswer: he\nQuestion 2: what?\nAnswer: it"))
          .containsExactly("Question 1: who?\nAnswer: he", "Question 2: what?\nAnswer: it");
    }

    @Test
    void ignore_dashes() {
      assertThat(RULES.pieces("a?\n---\nAnswer: b\nQuestion 2: c?\nAnswer: d"))
          .containsExactly("Question 1: a?\n---\nAnswer: b", "Question 2: c?\nAnswer: d");
    }

    @Test
    void need_both_a_numbered_question_and_an_answer() {
      assertThat(RULES.pieces("Question 1: a?\nQuestion 2: b?")).hasSize(2);
      assertThat(RULES.pieces("a?\nAnswer: b")).containsExactly("a?", "Answer: b");
      assertThat(RULES.pieces("Question one: a?\nAnswer: b")).hasSize(2);
    }

    @Test
    void are_ordinary_parts_without_line_splitting() {
      assertThat(RULES.withSplitNewlines(false).pieces("a\nAnswer: b\nQuestion 2: c"))
          .containsExactly("a\nAnswer: b\nQuestion 2: c");
    }
  }

  @Test
  void thirty_pieces_are_kept_unless_asked_otherwise() {
    String forty = "fact\n".repeat(40);
    assertThat(RULES.pieces(forty)).hasSize(30);
    assertThat(RULES.withMaxPieces(2).pieces(forty)).hasSize(2);
    assertThat(RULES.withMaxPieces(0).pieces(forty)).hasSize(40);
    assertThat(TrainingSequences.referenceCompat().pieces(forty)).hasSize(40);
    assertThatThrownBy(() -> RULES.withMaxPieces(-1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void every_text_goes_under_the_title_and_the_passage_comes_last() {
    Passage passage = new Passage("p", "Rome", " Rome is old. \n", List.of());
    assertThat(RULES.build(new KnowledgeEdit("1. A.\n2. B."), passage))
        .containsExactly("Rome\n1. A.", "Rome\n2. B.", "Rome\nRome is old.");
    assertThat(RULES.withAddPassage(false).build(new KnowledgeEdit("A."), passage))
        .containsExactly("Rome\nA.");
    TrainingSequences bare = new TrainingSequences(true, true, 30, false, true, false, false);
    assertThat(bare.build(new KnowledgeEdit("A."), passage)).containsExactly("A.", "Rome is old.");
  }

  @Test
  void no_completion_leaves_the_passage_and_in_the_first_version_the_title_line_too() {
    Passage passage = new Passage("p", "Rome", "Rome is old.", List.of());
    assertThat(RULES.build(KnowledgeEdit.none(), passage)).containsExactly("Rome\nRome is old.");
    assertThat(TrainingSequences.referenceCompat().build(KnowledgeEdit.none(), passage))
        .containsExactly("Rome\n", "Rome\nRome is old.");
    assertThat(RULES.withAddPassage(false).build(KnowledgeEdit.none(), passage)).isEmpty();
  }

  @Test
  void the_canonical_text_makes_the_same_training_texts() {
    List<String> bits =
        List.of(
            "\nImplications:",
            "---",
            "\n",
            "\r\n",
            "1.",
            "Question 2:",
            "Answer:",
            " ",
            "a",
            "\u00a0");
    long seed = Long.getLong("seal.test.seed", 5);
    Rng rng = Seeds.of(seed).child("canonical").rng();
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = rng.nextInt(12); length > 0; length--) {
        text.append(rng.pick(bits));
      }
      KnowledgeEdit edit = new KnowledgeEdit(text.toString());
      KnowledgeEdit again = new KnowledgeEdit(edit.canonical());
      for (TrainingSequences rules : List.of(RULES, TrainingSequences.referenceCompat())) {
        assertThat(rules.pieces(again.text()))
            .as("seed %d, text '%s'", seed, text)
            .isEqualTo(rules.pieces(edit.text()));
      }
      assertThat(again.canonical()).isEqualTo(edit.canonical());
    }
  }

  @Test
  void a_blank_answer_is_no_edit_and_any_other_is_one_as_written() {
    assertThat(KnowledgeEdit.read(" \n\u00a0"))
        .isInstanceOfSatisfying(
            ParsedEdit.Invalid.class,
            invalid -> assertThat(invalid.reason()).isEqualTo(InvalidReason.EMPTY));
    assertThat(KnowledgeEdit.read(" x\r\n"))
        .isEqualTo(new ParsedEdit.Valid<>(new KnowledgeEdit(" x\r\n")));
    assertThat(new KnowledgeEdit(" x\r\ny ").canonical()).isEqualTo("x\ny");
  }

  /** Counts from a transcription of the rules in another language, written apart from this one. */
  @ParameterizedTest
  @CsvSource({
    "train/iter0_train.json,       1000,  7512,  7993, 1000",
    "train/iter1_train.json,        250,  1782,  1813,  250",
    "eval/base_val.visible.json,    825,  5830,  6199,  825",
    "eval/iter2_val.visible.json,   825,  5524,  5524,  825",
    "eval/gpt4_1_val.visible.json,  825, 11692, 11727,  890"
  })
  @Tag("slow")
  void SEALs_own_completions_give_the_known_number_of_pieces(
      String file, int completions, int second, int first, int unsplit) {
    TrainingSequences reference = TrainingSequences.referenceCompat();
    int[] counts = new int[4];
    for (JsonNode item : SealFiles.read("data/synthetic_data/" + file)) {
      for (JsonNode completion : item.get("completions")) {
        counts[0]++;
        counts[1] += RULES.pieces(completion.asText()).size();
        counts[2] += reference.pieces(completion.asText()).size();
        counts[3] += RULES.withSplitNewlines(false).pieces(completion.asText()).size();
      }
    }
    assertThat(counts).containsExactly(completions, second, first, unsplit);
  }

  /** SEAL's run on 200 passages alone reports 400 texts (first version) and 200 (second). */
  @Test
  void
      training_on_passages_alone_takes_two_texts_each_in_the_first_version_and_one_in_the_second() {
    int passages = 0;
    int first = 0;
    int second = 0;
    for (JsonNode item : SealFiles.read("data/synthetic_data/eval/base_val.visible.json")) {
      String title = item.get("title").asText();
      String context = item.get("context").asText();
      passages++;
      first += TrainingSequences.referenceCompat().build("", title, context).size();
      second += RULES.build("", title, context).size();
    }
    assertThat(first).isEqualTo(2 * passages);
    assertThat(second).isEqualTo(passages);
  }
}
