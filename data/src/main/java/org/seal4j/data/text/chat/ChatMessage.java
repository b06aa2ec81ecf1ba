package org.seal4j.data.text.chat;

import org.seal4j.data.check.Checks;

/**
 * One turn of a conversation.
 *
 * @param role who speaks: {@code system}, {@code user} or {@code assistant}, or what else a
 *     template knows
 * @param content what is said
 */
public record ChatMessage(String role, String content) {
  /** Checks that somebody speaks. */
  public ChatMessage {
    Checks.require(
        !role.isBlank(), "a message needs a role, such as user; its content: %s", content);
  }
}
