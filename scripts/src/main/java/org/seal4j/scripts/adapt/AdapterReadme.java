package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.TextFile;

/**
 * What the model card of an adapter says of its documents and of its examination, in the sections
 * of PEFT's cards.
 *
 * @param recipe of the run
 * @param documents that were read
 * @param passages that were learned
 * @param before the examination of the model
 * @param after the examination of the model with the adapter
 * @param verdict on the adapter
 */
record AdapterReadme(
    AdaptKeys recipe,
    DocumentSet documents,
    List<DocumentPassage> passages,
    Examination.Paper before,
    Examination.Paper after,
    Verdict verdict) {
  private static final String CARD = "README.md";

  /** Adds the sections to the card in this folder. */
  void addTo(Path folder) {
    Path card = folder.resolve(CARD);
    AtomicFile.writeText(card, TextFile.read(card) + "\n" + text());
  }

  private String text() {
    return "## Training Details\n\n### Training Data\n\n"
        + "| document | source | SHA-256 | passages | words |\n|---|---|---|---|---|\n"
        + documentRows()
        + "\n### Training Procedure\n\n"
        + "Method `%s`, each passage in %d batches, learning rate %s. %s\n\n"
            .formatted(
                recipe.study().method(), recipe.study().readings(), recipe.inner().rate(), made())
        + "## Evaluation\n\n"
        + "Answered without the documents. Token recall: enough words of the expected answer stand"
        + " in the first 40 words. F1 as SQuAD defines it.\n\n"
        + "| questions | n | recall before | after | F1 before | after |\n"
        + "|---|---|---|---|---|---|\n"
        + questionRows()
        + "\n"
        + sentence(verdict.gainText())
        + sentence(harm())
        + sentence(verdict.refusal().map(why -> "written by force: " + why).orElse(""));
  }

  private String made() {
    if (!recipe.study().asks()) {
      return "No question was trained on.";
    }
    return recipe.questions().teacher() == null
        ? "The model wrote the questions and answered them with the passage in front."
        : "Another model wrote the questions.";
  }

  private String documentRows() {
    StringBuilder rows = new StringBuilder();
    for (DocumentSet.ReadFile file : documents.files()) {
      List<DocumentPassage> own =
          passages.stream().filter(passage -> isOf(file.name(), passage.id())).toList();
      if (!own.isEmpty()) {
        rows.append(
            "| %s | %s | `%s` | %d | %d |%n"
                .formatted(
                    cell(own.get(0).title().split(" - ", 2)[0]),
                    cell(file.name()),
                    file.sha256(),
                    own.size(),
                    own.stream().mapToInt(DocumentPassage::words).sum())
                .replace(System.lineSeparator(), "\n"));
      }
    }
    return rows.toString();
  }

  /** Ids of passages are the name of their file, perhaps a row of it, and a number. */
  private static boolean isOf(String file, String passage) {
    return passage.startsWith(file + "/") || passage.startsWith(file + "#");
  }

  private String questionRows() {
    StringBuilder rows = new StringBuilder();
    for (Asked.Origin origin : Asked.Origin.values()) {
      if (before.count(origin) > 0) {
        rows.append(
            String.format(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %.3f | %.3f |\n",
                origin.label(),
                before.count(origin),
                before.recall(origin),
                after.recall(origin),
                before.f1(origin),
                after.f1(origin)));
      }
    }
    return rows.toString();
  }

  private String harm() {
    return String.format(
        Locale.ROOT,
        "%s (perplexity %.2f before, %.2f after, %s)",
        verdict.harmText(),
        before.perplexity(),
        after.perplexity(),
        Amount.of(before.general().tokens(), "token"));
  }

  private static String sentence(String text) {
    return text.isEmpty()
        ? ""
        : "- " + text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".\n";
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace('\n', ' ');
  }
}
