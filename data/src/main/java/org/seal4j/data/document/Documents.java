package org.seal4j.data.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.document.DocumentFiles.Found;
import org.seal4j.data.document.DocumentSet.ReadFile;
import org.seal4j.data.file.RegularFile;

/**
 * Reads files and folders of a user as passages to be learned: plain text, Markdown, HTML, PDF,
 * CSV, JSON lines, and the JSON of SQuAD and SEAL (docs/documents.md).
 *
 * <p>A folder is read with its folders, in the order of the names. A file of a folder that cannot
 * be read is left out, with the reason; a file that was named is refused. The same text twice is
 * one passage. The same files make the same passages with the same ids everywhere.
 */
public final class Documents {
  private final DocumentLimits limits;
  private final PassageSplitter splitter;
  private final PassageCollector passages = new PassageCollector();
  private final List<ReadFile> files = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private long bytes;

  private Documents(DocumentLimits limits) {
    this.limits = limits;
    this.splitter = new PassageSplitter(limits.passageWords());
  }

  /**
   * The passages of these files and folders.
   *
   * @throws InputException in one sentence where a path is missing, a named file cannot be read as
   *     what its ending says, or nothing is left to learn
   */
  public static DocumentSet read(List<Path> filesOrFolders, DocumentLimits limits) {
    Checks.require(!filesOrFolders.isEmpty(), "no documents were given; name a file or a folder");
    Documents documents = new Documents(limits);
    DocumentFiles found = DocumentFiles.find(filesOrFolders, limits.files());
    documents.leftOut.addAll(found.leftOut());
    found.files().forEach(documents::add);
    Checks.require(
        !documents.files.isEmpty(),
        "nothing can be read in %s: %s; read are files that end in %s",
        filesOrFolders.size() == 1 ? filesOrFolders.get(0) : filesOrFolders,
        documents.why(),
        DocumentFormat.endings());
    return new DocumentSet(
        documents.passages.all(), documents.files, documents.leftOut, documents.passages.notes());
  }

  private String why() {
    return leftOut.isEmpty()
        ? "there are no files"
        : leftOut.size() == 1
            ? "the only file was left out (" + leftOut.get(0) + ")"
            : "all " + leftOut.size() + " files were left out, the first: " + leftOut.get(0);
  }

  private void add(Found found) {
    Checks.require(
        bytes <= limits.allBytes(),
        "the documents have more than %d bytes together, up to %s; give fewer",
        limits.allBytes(),
        found.path());
    try {
      read(found);
    } catch (InputException e) {
      if (!found.inFolder()) {
        throw e;
      }
      leftOut.add(new LeftOut(found.name(), reason(e, found.path())));
    }
  }

  private void read(Found found) {
    Path path = found.path();
    DocumentFormat format =
        DocumentFormat.of(found.name())
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s is of no kind that is read; read are files that end in %s",
                        path, DocumentFormat.endings()));
    DocumentFile file =
        new DocumentFile(found.name(), path, RegularFile.bytes(path, limits.fileBytes()));
    bytes += file.bytes().length;
    List<DocumentPassage> cut = new ArrayList<>();
    try {
      for (Document document : format.read(file, limits)) {
        requireBreaks(document, path);
        cut.addAll(splitter.passages(document));
      }
    } catch (StackOverflowError e) {
      throw new InputException(path + " is nested too deeply to be read", e);
    }
    Checks.require(!cut.isEmpty(), "%s has no text", path);
    files.add(new ReadFile(file.name(), file.sha256()));
    passages.add(file.name(), cut);
  }

  private void requireBreaks(Document document, Path path) {
    document.sections().stream()
        .flatMap(section -> section.paragraphs().stream())
        .forEach(
            paragraph -> {
              int run = WordCount.longestRun(paragraph.text());
              Checks.require(
                  run <= limits.unbroken(),
                  "%s: %s has %d characters without a blank or a line break; a text has at most %d",
                  path,
                  paragraph.place(),
                  run,
                  limits.unbroken());
            });
  }

  /** The message without the path that it begins with. */
  private static String reason(InputException e, Path path) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(path.toString())
        ? message.substring(path.toString().length()).replaceFirst("^[:,]? +", "")
        : message;
  }
}
