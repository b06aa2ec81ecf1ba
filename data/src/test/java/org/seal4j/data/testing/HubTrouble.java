package org.seal4j.data.testing;

import java.io.IOException;
import java.util.Arrays;

/** How a {@link HubServer} fails to answer one question. */
@FunctionalInterface
public interface HubTrouble {
  /**
   * Answers wrongly.
   *
   * @param bytes what the file is
   */
  void send(HubAnswer answer, byte[] bytes) throws IOException;

  /** The line breaks after so many bytes. */
  static HubTrouble cutAfter(int count) {
    return (answer, bytes) -> answer.part(bytes, count);
  }

  /** One bit of what is sent is another. */
  static HubTrouble flippedBit() {
    return (answer, bytes) -> {
      byte[] other = bytes.clone();
      other[other.length / 2] ^= 1;
      answer.file(other);
    };
  }

  /** The file comes, and so many zeros behind it. */
  static HubTrouble longer(int count) {
    return (answer, bytes) -> answer.file(Arrays.copyOf(bytes, bytes.length + count));
  }

  /** A status that is none of success. */
  static HubTrouble status(int status) {
    return (answer, bytes) -> answer.refuse(status, "");
  }

  /** The same with a code for {@code X-Error-Code}. */
  static HubTrouble status(int status, String code) {
    return (answer, bytes) -> answer.refuse(status, code);
  }

  /** A page of HTML. */
  static HubTrouble page() {
    return (answer, bytes) -> answer.text("text/html", "<html>Please log in.</html>");
  }

  /** Another address. */
  static HubTrouble redirect(String location) {
    return (answer, bytes) -> answer.redirect(307, location);
  }
}
