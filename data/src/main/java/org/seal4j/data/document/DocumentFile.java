package org.seal4j.data.document;

import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;

/** The bytes of a file that is to be read as documents. */
final class DocumentFile {
  private final String name;
  private final Path path;
  private final byte[] bytes;

  /**
   * A file that was read.
   *
   * @param name begins the names of its documents
   * @param path for messages
   * @param bytes all of them; may be empty
   */
  DocumentFile(String name, Path path, byte[] bytes) {
    this.name = name;
    this.path = path;
    this.bytes = bytes;
  }

  String name() {
    return name;
  }

  Path path() {
    return path;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The text of a file of text. */
  String text() {
    String text = TextBytes.decode(bytes, path.toString());
    Checks.require(!text.isBlank(), "%s holds nothing but blanks", path);
    return CleanText.lines(text);
  }

  /** What the file is called, in words: without ending, underscores as blanks. */
  String title() {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    String words = CleanText.oneLine((dot > 0 ? file.substring(0, dot) : file).replace('_', ' '));
    return words.isEmpty() ? file : words;
  }

  String sha256() {
    return ContentHash.ofBytes(bytes);
  }
}
