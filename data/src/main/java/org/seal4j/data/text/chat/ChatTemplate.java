package org.seal4j.data.text.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.JsonField;

/**
 * The {@code chat_template} of a published model: writes a list of messages as the text that the
 * model was trained on. White space around tags goes as in Hugging Face's library ({@code
 * trim_blocks}, {@code lstrip_blocks}).
 *
 * <p>The text holds special tokens in spelling: encode it by a tokenizer that looks for them, and
 * without putting its {@code bos} before it, which the template does by itself.
 */
public final class ChatTemplate {
  private static final String CONFIG = "tokenizer_config.json";
  private static final String FILE = "chat_template.jinja";

  private final Node root;
  private final Map<String, String> tokens;

  private ChatTemplate(Node root, Map<String, String> tokens) {
    this.root = root;
    this.tokens = Map.copyOf(tokens);
  }

  /**
   * The template with this source.
   *
   * @param tokens spellings of special tokens that it names, such as {@code bos_token}
   * @param source where it is from, for messages
   * @throws InputException when it uses what is not supported, with line and column
   */
  public static ChatTemplate of(String template, Map<String, String> tokens, String source) {
    return new ChatTemplate(new TemplateParser(template, source).parse(), tokens);
  }

  /**
   * The template of the model in this folder: {@code chat_template.jinja}, or {@code chat_template}
   * in {@code tokenizer_config.json}.
   */
  public static ChatTemplate load(Path folder) {
    Path config = folder.resolve(CONFIG);
    Path file = folder.resolve(FILE);
    Map<String, String> tokens = new HashMap<>();
    Optional<JsonField> settings =
        Files.isRegularFile(config) ? Optional.of(JsonField.read(config)) : Optional.empty();
    settings.ifPresent(
        all -> {
          for (String role : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
            all.optional(role).ifPresent(token -> tokens.put(role, spelling(token)));
          }
        });
    if (Files.isRegularFile(file)) {
      return of(read(file), tokens, file.toString());
    }
    JsonField template =
        settings
            .flatMap(all -> all.optional("chat_template"))
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s: no chat template here; expected %s, or chat_template in %s",
                        folder, FILE, CONFIG));
    return of(defaultOf(template), tokens, config + ": /chat_template");
  }

  private static String spelling(JsonField token) {
    return token.node().isTextual() ? token.text() : token.member("content").text();
  }

  /** A file may list several templates by name; without a name it is the one called default. */
  private static String defaultOf(JsonField template) {
    if (template.node().isTextual()) {
      return template.text();
    }
    for (JsonField one : template.items("a template, or a list of named ones")) {
      if (one.member("name").text().equals("default")) {
        return one.member("template").text();
      }
    }
    throw template.refuse("a template with the name 'default' among them");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read as UTF-8 text (" + e + ")", e);
    }
  }

  /**
   * Writes a conversation.
   *
   * @param addGenerationPrompt whether the beginning of the assistant's next turn follows
   * @throws InputException when the template refuses the conversation
   */
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    List<Object> list = new ArrayList<>();
    for (ChatMessage message : messages) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("role", message.role());
      one.put("content", message.content());
      list.add(one);
    }
    Scope scope = new Scope();
    scope.set("messages", list);
    scope.set("add_generation_prompt", addGenerationPrompt);
    tokens.forEach(scope::set);
    StringBuilder text = new StringBuilder();
    root.render(scope, text);
    return text.toString();
  }
}
