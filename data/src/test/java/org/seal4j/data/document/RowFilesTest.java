package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.squad.Question;

/** CSV, JSON lines, and the JSON of SQuAD and SEAL. */
class RowFilesTest {
  @TempDir Path folder;

  @Test
  void every_row_of_a_csv_is_a_document() throws IOException {
    List<DocumentPassage> passages =
        read(
            "faq_list.csv",
            "id,Title,TEXT\n1,Oil,\"Use \"\"good\"\" oil,\nplease.\"\n2,,Fill it.\n");
    assertThat(passages)
        .extracting(DocumentPassage::id)
        .containsExactly("faq_list.csv#1/1", "faq_list.csv#2/1");
    assertThat(passages).extracting(DocumentPassage::title).containsExactly("Oil", "faq list");
    assertThat(passages)
        .extracting(DocumentPassage::text)
        .containsExactly("Use \"good\" oil,\nplease.", "Fill it.");
    assertThat(passages.get(1).source()).isEqualTo("faq_list.csv, row 2");
  }

  @Test
  void semicolons_and_tabs_divide_columns_too() throws IOException {
    assertThat(read("a.csv", "title;text\nA;1,5 litres\n").get(0).text()).isEqualTo("1,5 litres");
    assertThat(read("a.csv", "title\ttext\nA\tone; two\n").get(0).text()).isEqualTo("one; two");
  }

  @Test
  void faults_of_a_csv_are_named_with_their_row() throws IOException {
    refused(
        "a.csv",
        "name,body\nx,y\n",
        "has the columns [name, body]; one of them must be named 'text'");
    refused("a.csv", "title,text\nA\n", "row 1 has 1 cells, but there are 2 columns");
    refused("a.csv", "title,text\nA,b\nB, \n", "row 2 has no text");
    refused("a.csv", "title,text\nA,b\nB,\"c\n", "row 2 is no CSV");
    refused("a.csv", "title,text\n", "has no rows");
  }

  @Test
  void json_lines_bring_questions() throws IOException {
    List<DocumentPassage> passages =
        read(
            "faq.jsonl",
            """
            {"text": "Oil is changed yearly.", "title": "Oil", "more": 1, "questions": [
            """
                    .strip()
                + "{\"question\": \"How often?\", \"answer\": \"yearly\"}, "
                + "{\"question\": \"What?\", \"answers\": [\"oil\", \"the oil\"]}]}\n\n"
                + "{\"text\": \"Fill it.\\n\\nThen start it.\"}\n");
    assertThat(passages).extracting(DocumentPassage::title).containsExactly("Oil", "faq");
    assertThat(passages)
        .extracting(DocumentPassage::source)
        .containsExactly("faq.jsonl, line 1", "faq.jsonl, line 3");
    assertThat(passages.get(0).questions())
        .containsExactly(
            Question.of("faq.jsonl#1/q1", "How often?", "yearly"),
            new Question("faq.jsonl#1/q2", "What?", List.of("oil", "the oil"), false));
    assertThat(passages.get(1).text()).isEqualTo("Fill it.\n\nThen start it.");
  }

  @Test
  void a_question_goes_to_the_passage_with_its_answer() throws IOException {
    String first = "one ".repeat(12).strip();
    String second = "two ".repeat(11) + "Paris";
    Path file = folder.resolve("a.jsonl");
    Files.writeString(
        file,
        "{\"text\": \"%s\\n\\n%s\", \"questions\": [{\"question\": \"Where?\", \"answer\": \"paris\"}]}"
            .formatted(first, second));
    List<DocumentPassage> passages =
        Documents.read(List.of(file), DocumentLimits.defaults().withPassageWords(12)).passages();
    assertThat(passages).extracting(passage -> passage.questions().size()).containsExactly(0, 1);
  }

  @Test
  void the_same_text_with_several_questions_is_one_passage_with_all_of_them() throws IOException {
    String row = "{\"text\": \"Oil is  changed yearly.\", \"questions\": [%s]}\n";
    Path file = folder.resolve("a.jsonl");
    Files.writeString(
        file,
        row.formatted("{\"question\": \"How often?\", \"answer\": \"yearly\"}")
            + row.formatted(
                "{\"question\": \"What?\", \"answer\": \"oil\"}, {\"question\": \"How often?\","
                    + " \"answer\": \"each year\"}"));
    DocumentSet set = Documents.read(List.of(file), DocumentLimits.defaults());
    assertThat(set.passages()).hasSize(1);
    assertThat(set.passages().get(0).questions())
        .extracting(Question::text)
        .containsExactly("How often?", "What?");
    assertThat(set.notes())
        .containsExactly(
            "a.jsonl: 1 of 2 passages have the text of an earlier one and were left out"
                + " (a.jsonl#2/1 is a.jsonl#1/1)");
  }

  @Test
  void faults_of_json_lines_are_named_with_their_line() throws IOException {
    refused("a.jsonl", "{\"text\": \"x\"}\n{\"txt\": \"y\"}\n", "line 2");
    refused("a.jsonl", "{\"text\": \"x\"}\n{\"text\": \" \"}\n", "line 2");
    refused("a.jsonl", "{\"text\": \"x\"}\n{\"text\": \n", "line 2");
    refused("a.jsonl", "[{\"text\": \"x\"}]\n", "is a JSON list, but JSON lines are expected");
    refused(
        "a.jsonl",
        "{\"text\": \"x\", \"questions\": [{\"question\": \"y?\"}]}",
        "expected an object with 'question' and either 'answer' or 'answers'");
  }

  @Test
  void files_of_squad_and_seal_are_read() throws IOException {
    List<DocumentPassage> squad =
        read(
            "train.json",
            """
            {"version": "v2.0", "data": [{"title": "The_pump", "paragraphs": [{"context": "It moves\
             water.", "qas": [{"id": "q7", "question": "What does it move?", "answers": [{"text":\
             "water", "answer_start": 9}], "is_impossible": false}, {"id": "q8", "question": "Why?",\
             "answers": [], "is_impossible": true}]}]}]}
            """);
    assertThat(squad)
        .containsExactly(
            new DocumentPassage(
                "train.json#1/1",
                "The pump",
                "It moves water.",
                "train.json, passage 1",
                List.of(Question.of("q7", "What does it move?", "water"))));
    assertThat(
            read(
                    "seal.json",
                    """
                    [{"title": "A", "context": "B.", "questions": [{"question": "C?", "answer":\
                     "D"}]}]
                    """)
                .get(0)
                .text())
        .isEqualTo("B.");
    refused("a.json", "{\"text\": \"x\"}", "expected a list of passages (SEAL)");
  }

  private void refused(String name, String content, String part) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    assertThatThrownBy(() -> Documents.read(List.of(file), DocumentLimits.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(part);
  }

  private List<DocumentPassage> read(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    return Documents.read(List.of(file), DocumentLimits.defaults()).passages();
  }
}
