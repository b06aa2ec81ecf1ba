package org.seal4j.data.gguf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.seal4j.data.check.InputException;

/** Texts inside of a file, which must be UTF-8. */
final class GgufText {
  private GgufText() {}

  /** The text of these bytes; {@code what} is named where they are none. */
  static String at(ByteBuffer content, int from, int length, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(content.slice(from, length)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(what + " is not UTF-8", e);
    }
  }
}
