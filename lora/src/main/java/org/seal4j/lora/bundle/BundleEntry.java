package org.seal4j.lora.bundle;

import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;

/**
 * A passage with its adapter.
 *
 * @param passage id, unique in the bundle
 * @param document that the passage is of, the beginning of its id
 * @param title of the document, and the headings above the passage
 * @param source where a person finds it: {@code notes.txt, line 12}
 * @param text without the title
 * @param adapter hash of its adapter, the name of its folder
 * @param bytes that the files of the adapter have
 * @param canary what a fixed sentence costs with it: {@link AdapterCanary}
 * @param state of title and text
 */
public record BundleEntry(
    String passage,
    String document,
    String title,
    String source,
    String text,
    String adapter,
    long bytes,
    double canary,
    StateVector state) {
  private static final int SHORT = 12;

  public BundleEntry {
    Checks.require(!passage.isBlank(), "a passage of a bundle needs an id, but it is blank");
    Checks.require(!text.isBlank(), "the passage %s of a bundle has no text", passage);
    Checks.require(
        adapter.matches("[0-9a-f]{64}"),
        "the adapter of passage %s must be named by 64 hexadecimal digits but is '%s'",
        passage,
        adapter);
    Checks.require(
        Double.isFinite(canary), "the canary of passage %s is %s, no number", passage, canary);
  }

  /** What is searched and read: the title, then the text. */
  public String whole() {
    return whole(title, text);
  }

  /** The same of a passage that is not in a bundle yet. */
  public static String whole(String title, String text) {
    return title.isBlank() ? text : title + "\n" + text;
  }

  /** SHA-256 of title and text: whether a passage is the same as before. */
  public String sha256() {
    return sha256(title, text);
  }

  /** The same of a passage that is not in a bundle yet. */
  public static String sha256(String title, String text) {
    return ContentHash.ofText(whole(title, text));
  }

  /** The passage with the beginning of its adapter's hash: {@code notes.txt/3@0a1b2c3d4e5f}. */
  public String pinned() {
    return passage + "@" + adapter.substring(0, SHORT);
  }

  /** The same at another place, where the document got longer above it. */
  public BundleEntry at(String otherSource) {
    return new BundleEntry(
        passage, document, title, otherSource, text, adapter, bytes, canary, state);
  }
}
