package org.seal4j.scripts.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;

/** Questions that need two passages of a corpus. */
class PairsTest {
  private static final List<String> KEEPERS =
      List.of("Aldo Fern", "Bera Moss", "Cato Reed", "Dora Vine", "Egon Sedge", "Fina Thorn");

  @TempDir Path temp;

  private static Passage keeps(int i) {
    String text = "The tree of hill %d is kept by %s.".formatted(i, KEEPERS.get(i));
    return new Passage(
        "keeps" + i,
        "Hill " + i,
        text,
        List.of(Question.of("k" + i, "Who keeps the tree of hill " + i + "?", KEEPERS.get(i))));
  }

  private static Passage born(int i) {
    String name = KEEPERS.get(i);
    return new Passage(
        "born" + i,
        "Hill " + i,
        "%s was born in 190%d in a mill.".formatted(name, i),
        List.of(
            Question.of("b" + i, "When was " + name + " born?", "190" + i),
            Question.of("w" + i, "Where was " + name + " born?", "in a mill")));
  }

  @Test
  void each_title_has_one_pair_and_no_passage_is_in_two() {
    List<List<Passage>> articles = List.of(List.of(keeps(0), born(0)), List.of(born(1), keeps(1)));
    List<PassagePairs.Pair> pairs = PassagePairs.of(articles);
    assertThat(pairs).hasSize(2);
    Examined second = pairs.get(1).examined(1);
    assertThat(second.sources()).containsExactly("keeps1", "born1");
    assertThat(second.within()).isEqualTo(4);
    assertThat(second.passage().questions().stream().map(Question::text))
        .containsExactly(
            "When was the answer to 'Who keeps the tree of hill 1?' born?",
            "Where was the answer to 'Who keeps the tree of hill 1?' born?");
    assertThat(PassagePairs.of(List.of(List.of(keeps(0)), List.of(born(1))))).isEmpty();
  }

  private Path file() throws IOException {
    List<String> articles = new ArrayList<>();
    for (int i = 0; i < KEEPERS.size(); i++) {
      List<String> paragraphs = new ArrayList<>();
      for (Passage passage : List.of(keeps(i), born(i))) {
        List<String> questions = new ArrayList<>();
        for (Question q : passage.questions()) {
          questions.add(
              """
              {"id": "%s", "question": "%s", "answers": [{"text": "%s", "answer_start": %d}]}"""
                  .formatted(q.id(), q.text(), q.gold(), passage.context().indexOf(q.gold())));
        }
        paragraphs.add(
            """
            {"context": "%s", "qas": [%s]}"""
                .formatted(passage.context(), String.join(", ", questions)));
      }
      articles.add(
          """
          {"title": "Hill %d", "paragraphs": [%s]}"""
              .formatted(i, String.join(", ", paragraphs)));
    }
    return Files.writeString(
        temp.resolve("pairs.json"),
        "{\"version\": \"1.1\", \"data\": [" + String.join(", ", articles) + "]}");
  }

  @Test
  @Tag("slow")
  void questions_of_pairs_are_asked_with_both_passages_and_both_adapters() throws IOException {
    SmallCorpus corpus = new SmallCorpus(temp);
    Path run = temp.resolve("run");
    String said =
        corpus.seal(
            0,
            run,
            "--set=data.passages=[" + file() + "]",
            "--set=data.loop=0.1",
            "--set=data.development=0.1",
            "--set=corpus={pool: confirmation, sizes: [2, 6], asked: 2, asking: pairs}",
            "--set=methods=[base, in context, retrieval both top 3, own adapter, routed both top 2"
                + " without gate, merged linear]");
    assertThat(said).contains("asked are the 4 questions about the first 2 pairs");
    List<Row> methods = ArrowTable.read(run.resolve("methods.arrow")).rows();
    assertThat(methods).hasSize(2 * 6);
    assertThat(methods.stream().map(row -> row.int32("titles")))
        .as("a corpus of two passages has one pair")
        .containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2);
    List<Row> answers =
        ArrowTable.read(run.resolve("answers.arrow")).rows().stream()
            .filter(row -> row.string("method").equals("retrieval both top 3"))
            .filter(row -> row.int32("size") == 2)
            .toList();
    assertThat(answers).hasSize(2);
    Row first = answers.get(0);
    assertThat(first.string("question")).startsWith("When was the answer to 'Who keeps the tree");
    assertThat(first.string("passage_id").lines()).hasSize(2);
    assertThat(first.string("found").lines())
        .containsExactlyInAnyOrderElementsOf(first.string("passage_id").lines().toList());
    Row found =
        methods.stream()
            .filter(row -> row.string("method").equals("retrieval both top 3"))
            .findFirst()
            .orElseThrow();
    assertThat(found.float64("found")).as("all that is needed was taken").isEqualTo(1);
    assertThat(corpus.seal(2, temp.resolve("none"), "--set=corpus.asking=pairs"))
        .contains("corpus.asking is pairs, but no question about one passage");
  }
}
