package org.seal4j.data.document;

/**
 * A file of a folder that was not read.
 *
 * @param name below the folder, with {@code /}
 * @param reason why, one sentence that need not name the file again
 */
public record LeftOut(String name, String reason) {
  @Override
  public String toString() {
    return name + ": " + reason;
  }
}
