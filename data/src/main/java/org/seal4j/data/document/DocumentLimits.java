package org.seal4j.data.document;

import org.seal4j.data.check.Checks;

/**
 * How documents are cut, and how large they may be.
 *
 * @param passageWords most words of a passage, without its title; see {@link WordCount}
 * @param fileBytes most bytes of a file; a longer one is not opened
 * @param allBytes most bytes of all files together
 * @param files most files
 * @param pages most pages of a PDF
 * @param unbroken most characters in a row without a blank or a line break
 */
public record DocumentLimits(
    int passageWords, long fileBytes, long allBytes, int files, int pages, int unbroken) {
  private static final int FEWEST_WORDS = 10;

  public DocumentLimits {
    Checks.require(
        passageWords >= FEWEST_WORDS,
        "a passage needs at least %d words but was given %d; 150 are usual",
        FEWEST_WORDS,
        passageWords);
    Checks.require(
        fileBytes > 0 && allBytes > 0 && files > 0 && pages > 0 && unbroken > 0,
        "limits of documents must be above 0 but were %d bytes a file, %d bytes, %d files, %d pages,"
            + " %d characters without a blank",
        fileBytes,
        allBytes,
        files,
        pages,
        unbroken);
  }

  /** Passages of 150 words; files of 64 MiB, 256 MiB in all. */
  public static DocumentLimits defaults() {
    return new DocumentLimits(150, 1L << 26, 1L << 28, 10_000, 5_000, 5_000);
  }

  /** The same with passages of another length. */
  public DocumentLimits withPassageWords(int words) {
    return new DocumentLimits(words, fileBytes, allBytes, files, pages, unbroken);
  }

  /** The same with another size of files. */
  public DocumentLimits withFileBytes(long bytes) {
    return new DocumentLimits(passageWords, bytes, allBytes, files, pages, unbroken);
  }

  /** The same with another size of all files together. */
  public DocumentLimits withAllBytes(long bytes) {
    return new DocumentLimits(passageWords, fileBytes, bytes, files, pages, unbroken);
  }

  /** The same with another number of files. */
  public DocumentLimits withFiles(int most) {
    return new DocumentLimits(passageWords, fileBytes, allBytes, most, pages, unbroken);
  }

  /** The same with another number of pages of a PDF. */
  public DocumentLimits withPages(int most) {
    return new DocumentLimits(passageWords, fileBytes, allBytes, files, most, unbroken);
  }
}
