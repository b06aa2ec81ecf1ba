package org.seal4j.data.text.chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.text.GgufTokenizer;

/**
 * The {@code chat_template} of a published model: writes a list of messages as the text that the
 * model was trained on. The template is Jinja, read as in Hugging Face's library: white space
 * around tags goes ({@code trim_blocks}, {@code lstrip_blocks}), {@code tools} and {@code
 * documents} are none. One that writes today's date by {@code strftime_now} gives other text
 * tomorrow.
 *
 * <p>The text holds special tokens in spelling: encode it by a tokenizer that looks for them, and
 * without putting its {@code bos} before it, which the template does by itself.
 *
 * <p>A template that never ends or grows without end is refused, see {@code Budget}. Safe for use
 * by several threads.
 */
public final class ChatTemplate {
  private static final String CONFIG = "tokenizer_config.json";
  private static final String FILE = "chat_template.jinja";
  private static final String KEY = "tokenizer.chat_template";

  /** What Hugging Face's library passes as None where there is none. */
  private static final List<String> ABSENT = List.of("tools", "documents");

  private final Node root;
  private final Map<String, String> tokens;
  private final Map<String, Callable> functions;

  private ChatTemplate(Node root, Map<String, String> tokens, Map<String, Callable> functions) {
    this.root = root;
    this.tokens = Map.copyOf(tokens);
    this.functions = Map.copyOf(functions);
  }

  /**
   * The template with this source.
   *
   * @param tokens spellings of special tokens that it names, such as {@code bos_token}
   * @param source where it is from, for messages
   * @throws InputException when it uses what is not supported, with line and column
   */
  public static ChatTemplate of(String template, Map<String, String> tokens, String source) {
    String text = template.replace("\r\n", "\n").replace('\r', '\n');
    return new ChatTemplate(new TemplateParser(text, source).parse(), tokens, Functions.ALL);
  }

  /**
   * This template with a clock, from which it may write today's date ({@code strftime_now}).
   *
   * <p>Differs from Hugging Face's library: without a clock the function is undefined, and most
   * templates that know it write a date of their own, so that a run is the same on every day.
   */
  public ChatTemplate on(Clock clock) {
    Map<String, Callable> more = new HashMap<>(functions);
    more.put("strftime_now", Functions.dates(clock));
    return new ChatTemplate(root, tokens, more);
  }

  /**
   * The template of a model: of its folder {@code chat_template.jinja}, or {@code chat_template} in
   * {@code tokenizer_config.json}; of a GGUF file its own; of another file that of its folder.
   */
  public static ChatTemplate load(Path model) {
    Source source =
        find(model)
            .orElseThrow(
                () ->
                    GgufHeader.isGguf(model)
                        ? Checks.refuse("%s: no chat template here; expected %s", model, KEY)
                        : Checks.refuse(
                            "%s: no chat template here; expected %s, or chat_template in %s",
                            folderOf(model), FILE, CONFIG));
    return of(source.text(), source.tokens(), source.place());
  }

  /** The Jinja text of the template that {@link #load} reads, where there is one. */
  public static Optional<String> text(Path model) {
    return find(model).map(Source::text);
  }

  /**
   * A template that is not parsed yet.
   *
   * @param tokens spellings of special tokens by role
   * @param place where it stands, for messages
   */
  private record Source(String text, Map<String, String> tokens, String place) {}

  private static Optional<Source> find(Path model) {
    if (!GgufHeader.isGguf(model)) {
      return inFolder(folderOf(model));
    }
    GgufHeader header = GgufHeader.read(model);
    if (!header.keys().has(GgufTokenizer.MODEL)) { // an adapter's, for one
      return Optional.empty();
    }
    GgufTokenizer carried = new GgufTokenizer(header);
    return Optional.of(carried.template())
        .filter(text -> !text.isEmpty())
        .map(text -> new Source(text, carried.spellings(), model + ": " + KEY));
  }

  private static Path folderOf(Path model) {
    Path parent = model.toAbsolutePath().getParent();
    return Files.isRegularFile(model) && parent != null ? parent : model;
  }

  private static Optional<Source> inFolder(Path folder) {
    Optional<Path> file = FolderFile.find(folder, FILE);
    Map<String, String> tokens = new HashMap<>();
    Optional<JsonField> settings = FolderFile.find(folder, CONFIG).map(JsonField::read);
    settings.ifPresent(
        all -> {
          for (String role : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
            all.optional(role).ifPresent(token -> tokens.put(role, spelling(token)));
          }
        });
    if (file.isPresent()) {
      return Optional.of(new Source(TextFile.read(file.get()), tokens, file.get().toString()));
    }
    return settings
        .flatMap(all -> all.optional("chat_template"))
        .map(text -> new Source(defaultOf(text), tokens, text.file() + ": /chat_template"));
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

  /**
   * Writes a conversation.
   *
   * @param addGenerationPrompt whether the beginning of the assistant's next turn follows
   * @throws InputException when the template refuses the conversation, goes wrong (with line and
   *     column), or takes more than a template may
   */
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    List<Object> list = new ArrayList<>();
    for (ChatMessage message : messages) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("role", message.role());
      one.put("content", message.content());
      list.add(one);
    }
    return render(Map.of("messages", list, "add_generation_prompt", addGenerationPrompt));
  }

  /** Writes a conversation of which everything is given by name, as a template calls it. */
  String render(Map<String, Object> variables) {
    Scope scope = new Scope(new Budget());
    functions.forEach(scope::set);
    ABSENT.forEach(name -> scope.set(name, Values.NONE));
    tokens.forEach(scope::set);
    variables.forEach(scope::set);
    return root.text(scope);
  }
}
