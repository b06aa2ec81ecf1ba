package org.seal4j.data.squad;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.json.JsonField;

/** The JSON of SEAL: one list of passages, one answer to each question, completions or none. */
final class SealJson {
  private static final List<String> REQUIRED = List.of("title", "context", "questions");
  private static final List<String> WRITTEN =
      List.of("completions", "prompt", "pair_completions", "triple_completions");

  private SealJson() {}

  static List<CompletedPassage> passages(JsonField whole, PassageReader reader) {
    List<CompletedPassage> passages = new ArrayList<>();
    for (JsonField item :
        whole.items("a list of passages (SEAL) or an object with 'data' (SQuAD)")) {
      item.object(REQUIRED, WRITTEN);
      String title = PassageReader.title(item.member("title"));
      String id = reader.passageId(title);
      String context = item.member("context").words().strip();
      Passage passage = new Passage(id, title, context, questions(id, item, reader));
      String prompt = item.optional("prompt").map(JsonField::text).orElse("");
      passages.add(new CompletedPassage(passage, prompt, completions(item)));
    }
    return passages;
  }

  private static List<Question> questions(String id, JsonField item, PassageReader reader) {
    List<Question> questions = new ArrayList<>();
    for (JsonField field : item.member("questions").list("a list of questions")) {
      field.object(List.of("question", "answer"), List.of());
      String questionId = reader.questionId(field, id + "/" + questions.size());
      String text = field.member("question").words().strip();
      questions.add(Question.of(questionId, text, field.member("answer").words().strip()));
    }
    return questions;
  }

  /** All completions; EntiGraph's come in two lists of their own, pairs first. */
  private static List<String> completions(JsonField item) {
    List<String> completions = new ArrayList<>();
    for (String key : List.of("completions", "pair_completions", "triple_completions")) {
      item.optional(key).stream()
          .flatMap(list -> list.list("a list of texts").stream())
          .forEach(text -> completions.add(text.text()));
    }
    return completions;
  }
}
