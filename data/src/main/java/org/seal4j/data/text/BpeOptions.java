package org.seal4j.data.text;

import org.seal4j.data.check.Checks;

/**
 * Settings of a {@link BpeModel}, named as in {@code tokenizer.json}.
 *
 * @param unknown {@code unk_token}, empty for none
 * @param prefix {@code continuing_subword_prefix} of all symbols of a piece but the first
 * @param suffix {@code end_of_word_suffix} of the last symbol of a piece
 * @param fuseUnknown {@code fuse_unk}: unknown characters side by side make one token
 * @param byteFallback {@code byte_fallback}: unknown characters become tokens of their bytes
 * @param ignoreMerges {@code ignore_merges}: a piece that is a token stays whole
 */
record BpeOptions(
    String unknown,
    String prefix,
    String suffix,
    boolean fuseUnknown,
    boolean byteFallback,
    boolean ignoreMerges) {

  BpeOptions {
    Checks.require(
        !byteFallback || (prefix.isEmpty() && suffix.isEmpty()),
        "byte_fallback with continuing_subword_prefix or end_of_word_suffix is not supported");
  }

  static BpeOptions plain() {
    return new BpeOptions("", "", "", false, false, false);
  }

  boolean isPlain() {
    return prefix.isEmpty() && suffix.isEmpty();
  }
}
