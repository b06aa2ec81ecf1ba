package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.file.ContentHash;

/**
 * What was read from the files of a user.
 *
 * @param passages in the order of the files that were given, and of their names in a folder
 * @param files that were read
 * @param leftOut files of folders that were not
 * @param notes one sentence each about what became of texts that stand there twice
 */
public record DocumentSet(
    List<DocumentPassage> passages,
    List<ReadFile> files,
    List<LeftOut> leftOut,
    List<String> notes) {
  public DocumentSet {
    passages = List.copyOf(passages);
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
    notes = List.copyOf(notes);
  }

  /**
   * A file that was read.
   *
   * @param name unique in the set; begins the ids of its passages
   * @param sha256 of its bytes
   */
  public record ReadFile(String name, String sha256) {}

  /** SHA-256 over the names and the bytes of all files that were read, for a run's manifest. */
  public String sha256() {
    List<String> parts = new ArrayList<>();
    for (ReadFile file : files) {
      parts.add(file.name());
      parts.add(file.sha256());
    }
    return ContentHash.ofTexts(parts);
  }

  /** Number of words of all passages. */
  public long words() {
    return passages.stream().mapToLong(DocumentPassage::words).sum();
  }
}
