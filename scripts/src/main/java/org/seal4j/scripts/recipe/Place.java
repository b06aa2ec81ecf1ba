package org.seal4j.scripts.recipe;

/**
 * Where a key of a recipe was written, for messages.
 *
 * @param source file name, or the {@code --set} option itself
 * @param line line in the file from 1; 0 where there are no lines
 */
record Place(String source, int line) {

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
