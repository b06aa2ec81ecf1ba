package org.seal4j.rl;

import java.nio.charset.StandardCharsets;

/**
 * What reading a written self-edit gave. An invalid edit has reward 0 and is never trained on.
 *
 * @param <E> kind of self-edit
 */
public sealed interface ParsedEdit<E extends SelfEdit> {

  /** A well-formed edit. */
  record Valid<E extends SelfEdit>(E edit) implements ParsedEdit<E> {}

  /**
   * A malformed edit.
   *
   * @param sentence what was found, what was expected, and where
   */
  record Invalid<E extends SelfEdit>(String reason, String sentence) implements ParsedEdit<E> {
    private static final int LONGEST = 400;

    /** Cuts long sentences, which may quote the answer, and replaces what UTF-8 cannot hold. */
    public Invalid {
      String cut =
          sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + " ...";
      sentence = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
  }
}
