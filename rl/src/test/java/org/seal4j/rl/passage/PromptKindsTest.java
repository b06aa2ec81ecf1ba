package org.seal4j.rl.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.chat.ChatMessage;

class PromptKindsTest {
  private static final Passage ROME =
      new Passage("r", "Rome $1", "It fell \\ in {title} 476.", List.of());

  @ParameterizedTest
  @CsvSource({
    "implications, Implications:\\n",
    "implications-long, Implications:\\n",
    "implications-very-long, Implications:\\n",
    "rewrite, Rewritten passages:\\n",
    "self-qa, 'Question 1: '",
    "implications-chain-of-thought, Thought Process:"
  })
  void a_built_in_prompt_is_instruction_passage_and_cue(String name, String escaped) {
    String cue = escaped.replace("\\n", "\n");
    PromptKind kind = PromptKinds.builtIn().named(name);
    assertThat(kind.text(ROME))
        .isEqualTo(
            kind.instruction() + "\n\nPassage:\nRome $1\nIt fell \\ in {title} 476.\n\n" + cue);
    assertThat(kind.instruction()).isNotBlank();
    assertThat(kind.cue()).isEqualTo(cue);
    assertThat(kind.messages(ROME))
        .containsExactly(
            new ChatMessage("system", kind.instruction()),
            new ChatMessage("user", "Passage:\nRome $1\n" + ROME.context()));
  }

  @Test
  void the_kind_none_is_the_passage_and_a_blank_line() {
    PromptKind none = PromptKinds.builtIn().named("none");
    assertThat(none.text(ROME)).isEqualTo("Rome $1\n" + ROME.context() + "\n\n");
    assertThat(none.messages(ROME)).extracting(ChatMessage::role).containsExactly("user");
  }

  @Test
  void the_list_prompts_differ_in_the_length_they_ask_for() {
    Set<String> texts = new HashSet<>();
    PromptKinds kinds = PromptKinds.builtIn();
    kinds.names().forEach(name -> texts.add(kinds.named(name).text(ROME)));
    assertThat(texts).hasSize(7);
    assertThat(kinds.named("implications-very-long").instruction()).contains("very long list");
  }

  @Test
  void a_recipe_may_add_kinds_of_its_own() {
    PromptKinds kinds = PromptKinds.with(Map.of("poem", "{context}\nA poem on {title}:"));
    assertThat(kinds.named("poem").text(ROME))
        .isEqualTo("It fell \\ in {title} 476.\nA poem on Rome $1:");
    assertThat(kinds.names()).startsWith("implications").endsWith("poem");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "poem    | {title}:        | has no place {context}",
        "poem    | {context}{text} | has the place {text}; there are {title} and {context}",
        "A poem  | {context}       | must be named by lower-case letters",
        "rewrite | {context}       | 'rewrite' is built in"
      })
  void a_bad_kind_is_refused(String name, String template, String said) {
    assertThatThrownBy(() -> PromptKinds.with(Map.of(name, template)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(said);
  }

  @Test
  void an_unknown_kind_is_refused_with_those_known() {
    assertThatThrownBy(() -> PromptKinds.builtIn().named("implication"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'implication'; known are implications, implications-long,");
  }

  @Nested
  class A_question_without_the_passage {
    private final Question question = Question.of("q", "When did it fall?", "476");

    @Test
    void names_the_topic_and_ends_where_the_answer_starts() {
      String text = ClosedBookPrompt.defaults().text(ROME, question);
      assertThat(text).endsWith("\nQuestion: Topic: Rome $1\nWhen did it fall?\nAnswer:\n");
      assertThat(text).doesNotContain("476");
      assertThat(new ClosedBookPrompt(false, "").text(ROME, question)).doesNotContain("Rome");
      assertThat(ClosedBookPrompt.defaults().messages(ROME, question))
          .extracting(ChatMessage::role, ChatMessage::content)
          .contains(tuple("user", "Topic: Rome $1\nWhen did it fall?"));
    }

    @Test
    void asks_for_thoughts_and_names_what_the_answer_stands_behind() {
      ClosedBookPrompt thoughts = new ClosedBookPrompt(true, "Final answer:");
      assertThat(thoughts.text(ROME, question))
          .contains("step by step", "\"Final answer:\"")
          .endsWith("\nQuestion: Topic: Rome $1\nWhen did it fall?\nThoughts:\n");
      assertThat(thoughts.messages(ROME, question).get(0).content()).contains("\"Final answer:\"");
      assertThat(ClosedBookPrompt.defaults().text(ROME, question)).doesNotContain("step by step");
    }

    @Test
    void may_be_put_in_words_of_a_recipe() {
      OwnQuestion own = new OwnQuestion("{title}: {question}", "");
      assertThat(own.text(ROME, question)).isEqualTo("Rome $1: When did it fall?");
      assertThat(own.messages(ROME, question))
          .containsExactly(new ChatMessage("user", "Rome $1: When did it fall?"));
      assertThatThrownBy(() -> new OwnQuestion("{title}?", ""))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("must contain {question}");
    }
  }

  @Nested
  class Entities {
    private final EntiGraph graph = new EntiGraph(4, 3, 2);

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"summary\": \"s\", \"entities\": [\"Rome\", \" Gaul \", \"Rome\"]} | Rome,Gaul",
          "Sure! {\"entities\": [\"Rome\", \"Gaul\", \"Ca | Rome,Gaul",
          "entities = ['Rome', 'the Alps'] and so on | Rome,the Alps",
          "{\"summary\": \"About Old Rome and Gaul.\"} | About Old Rome,Gaul",
          "nothing at all | It",
          "{\"entities\": [\"A\",\"B\",\"C\",\"D\",\"E\"]} | A,B,C,D"
        })
    void are_read_strictly_then_loosely_then_by_capitals(String answer, String names) {
      assertThat(graph.read(answer, ROME)).containsExactly(names.split(","));
    }

    @Test
    void make_pairs_and_triples_shuffled_by_the_seed() {
      List<String> named = List.of("A", "B", "C", "D");
      List<List<String>> groups = graph.groups(named, Seeds.of(1).rng());
      assertThat(groups).hasSize(5).doesNotHaveDuplicates();
      assertThat(groups.subList(0, 3)).allMatch(group -> group.size() == 2);
      assertThat(groups.subList(3, 5)).allMatch(group -> group.size() == 3);
      assertThat(graph.groups(named, Seeds.of(1).rng())).isEqualTo(groups);
      Set<List<List<String>>> draws = new HashSet<>();
      for (int seed = 0; seed < 20; seed++) {
        draws.add(graph.groups(named, Seeds.of(seed).rng()));
      }
      assertThat(draws.size()).isGreaterThan(10);
      assertThat(graph.groups(List.of("A", "B"), Seeds.of(1).rng()))
          .containsExactly(List.of("A", "B"));
      assertThat(graph.groups(List.of("A"), Seeds.of(1).rng())).isEmpty();
    }

    @Test
    void are_asked_for_once_and_then_discussed_group_by_group() {
      List<String> asked = new ArrayList<>();
      List<String> written =
          graph.write(
              ROME,
              Seeds.of(1).rng(),
              prompt -> {
                asked.add(prompt);
                return asked.size() == 1
                    ? "{\"entities\": [\"A\", \"B\", \"C\"]}"
                    : "t" + asked.size();
              });
      assertThat(written).containsExactly("t2", "t3", "t4", "t5");
      assertThat(asked.get(0)).isEqualTo(graph.entityPrompt(ROME));
      assertThat(asked.get(4)).isEqualTo(graph.groupPrompt(ROME, List.of("A", "B", "C")));
    }

    @Test
    void stand_in_the_prompt_with_the_passage() {
      assertThat(graph.groupPrompt(ROME, List.of("A", "B"))).contains("A; B.", ROME.context());
      assertThat(graph.entityPrompt(ROME)).contains("\"entities\"", ROME.context());
      assertThatThrownBy(() -> new EntiGraph(1, 1, 1)).isInstanceOf(InputException.class);
    }
  }
}
