package org.seal4j.data.text.chat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;

/** Forms of conversations that many models share, for folders that come without a template. */
public enum KnownTemplate {
  /** Headers and {@code <|eot_id|>}, as Llama 3 was trained. */
  LLAMA3(
      List.of("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
      "<|begin_of_text|>{% for m in messages %}<|start_header_id|>{{ m.role }}<|end_header_id|>"
          + "{{ '\\n\\n' + (m.content | trim) }}<|eot_id|>{% endfor %}"
          + "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>"
          + "{{ '\\n\\n' }}{% endif %}"),
  /** ChatML, as Qwen2 was trained; without the system's default words. */
  QWEN2(
      List.of("<|im_start|>", "<|im_end|>"),
      "{% for m in messages %}<|im_start|>{{ m.role + '\\n' + m.content }}<|im_end|>{{ '\\n' }}"
          + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant{{ '\\n' }}{% endif %}");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which nobody can change
  private final List<String> marks;

  private final String source;

  KnownTemplate(List<String> marks, String source) {
    this.marks = marks;
    this.source = source;
  }

  /** The template. */
  ChatTemplate template() {
    return ChatTemplate.of(source, Map.of(), label());
  }

  /** Name in recipes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Conversations in this form as tokens.
   *
   * @throws org.seal4j.data.check.InputException when the tokenizer lacks a token of the form
   */
  public ChatEncoder encoder(Tokenizer tokenizer) {
    for (String mark : marks) {
      Checks.require(
          tokenizer.encode(mark).length == 1,
          "the tokenizer has no special token %s, so the model does not know conversations in the"
              + " form %s",
          mark,
          label());
    }
    return new ChatEncoder(template(), tokenizer);
  }
}
