package org.seal4j.scripts.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentLimits;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.document.Documents;

/**
 * What is learned.
 *
 * @param paths files and folders; empty in the recipe, given by {@code --documents} or {@code
 *     --set}
 * @param questions a file of questions of the user, which are asked before and after and never
 *     trained on: JSON lines with a question and its answer, or the JSON of SQuAD; null for none
 * @param passageWords most words of a passage; documents are cut at headings, paragraphs and
 *     sentences
 * @param passages most passages that are learned, the first ones; null for all
 */
public record SourceKeys(
    List<Path> paths, @Nullable Path questions, int passageWords, @Nullable Integer passages) {
  public SourceKeys {
    paths = List.copyOf(paths);
    DocumentLimits.defaults().withPassageWords(passageWords);
    Checks.require(
        passages == null || passages >= 1,
        "documents.passages must be >= 1 but was %s",
        "" + passages);
  }

  /** Reads the files and folders. */
  DocumentSet read() {
    return Documents.read(paths, DocumentLimits.defaults().withPassageWords(passageWords));
  }

  /** The passages that are learned. */
  List<DocumentPassage> first(DocumentSet documents) {
    List<DocumentPassage> all = documents.passages();
    return passages == null ? all : all.subList(0, Math.min(passages, all.size()));
  }

  /** Refuses paths that are missing, before anything is made. */
  void requireFiles() {
    Checks.require(
        !paths.isEmpty(),
        "documents.paths names nothing: name files or folders with --documents FILE|DIR");
    for (Path path : paths) {
      Checks.require(
          Files.exists(path),
          "documents.paths: there is no file or folder %s; check the name",
          path);
    }
    Checks.require(
        questions == null || Files.isRegularFile(questions),
        "documents.questions: there is no file %s; check the name, or leave it out",
        "" + questions);
  }
}
