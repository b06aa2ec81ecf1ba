package org.seal4j.scripts.knowledge;

import java.util.Map;
import org.seal4j.rl.edit.PromptKind;
import org.seal4j.rl.edit.PromptKinds;

/**
 * How the model is asked.
 *
 * @param kind of the prompt for self-edits: one of SEAL's or of {@code kinds}
 * @param kinds further prompts by name; each holds {@code {context}}, may hold {@code {title}}
 * @param question what the model goes on from with an answer; holds {@code {question}}, may hold
 *     {@code {title}}
 * @param maxTokens longest sequence in tokens
 */
public record PromptsConfig(
    String kind, Map<String, String> kinds, String question, int maxTokens) {
  /** The prompt for self-edits. */
  PromptKind edit() {
    return PromptKinds.with(kinds).named(kind);
  }
}
