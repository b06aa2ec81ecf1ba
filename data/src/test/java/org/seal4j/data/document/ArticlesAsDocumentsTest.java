package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageReader;
import org.seal4j.data.testing.SharedData;

/** Real articles, as plain text files. */
class ArticlesAsDocumentsTest {
  @TempDir Path folder;

  @Test
  @Tag("slow")
  void articles_become_passages_of_their_length_without_a_word_lost() throws IOException {
    Path squad = SharedData.orSkip("squad/train-v1.1.44articles.json");
    Map<String, List<String>> articles =
        PassageReader.read(squad, ImpossibleQuestions.DROP).stream()
            .limit(300)
            .collect(
                Collectors.groupingBy(
                    Passage::title,
                    LinkedHashMap::new,
                    Collectors.mapping(Passage::context, Collectors.toList())));
    int number = 0;
    for (List<String> paragraphs : articles.values()) {
      Files.writeString(folder.resolve("article%d.txt".formatted(number++)), text(paragraphs));
    }
    DocumentSet set = Documents.read(List.of(folder), DocumentLimits.defaults());
    assertThat(set.leftOut()).isEmpty();
    assertThat(set.files()).hasSize(articles.size());
    assertThat(set.passages()).allSatisfy(passage -> assertThat(passage.words()).isBetween(5, 150));
    assertThat(set.words() / set.passages().size()).isBetween(90L, 150L);
    number = 0;
    for (List<String> paragraphs : articles.values()) {
      String start = "article%d.txt/".formatted(number++);
      String read =
          set.passages().stream()
              .filter(passage -> passage.id().startsWith(start))
              .map(DocumentPassage::text)
              .collect(Collectors.joining());
      assertThat(letters(read)).isEqualTo(letters(CleanText.lines(text(paragraphs))));
    }
  }

  private static String text(List<String> paragraphs) {
    return String.join("\n\n", paragraphs);
  }

  private static String letters(String text) {
    return text.replaceAll("\\s+", "");
  }
}
