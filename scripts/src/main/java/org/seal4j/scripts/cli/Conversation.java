package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Nearest;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.json.Json;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.lora.text.AdaptedModels;
import org.seal4j.lora.text.ChatSession;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TrimmedText;
import org.seal4j.scripts.run.Terminal;

/**
 * A conversation with a model and its adapters, line by line: a line that begins with a slash is a
 * command, every other one a message. Answers and lists go to one stream, what else commands say to
 * another, so that a pipe gets no more than was asked for.
 */
final class Conversation implements AutoCloseable {
  private static final String SYSTEM = "system";

  private static final List<String> HELP =
      List.of(
          "/adapter NAME  go on with this adapter; none is the model alone",
          "/adapters      list the adapters; * marks the one that answers",
          "/reset         forget all that was said but the system's message",
          "/system TEXT   set the system's message from here on; without TEXT, take it out",
          "/save FILE     write all that was said to a new file, which --messages reads",
          "/help          show this",
          "/quit          end; so does Ctrl-D",
          "//...          a message that begins with a slash");

  private static final List<String> WORDS =
      HELP.stream().map(line -> line.split("\\s", 2)[0]).toList();

  private final AdaptedModels models;
  private final Completion.Request request;
  private final Streams streams;
  private String adapter;
  private ChatSession session;

  /**
   * Where it speaks.
   *
   * @param out for answers, and for lists that were asked for
   * @param err for what else commands say, and for refusals
   */
  record Streams(PrintWriter out, PrintWriter err) {}

  /**
   * Begins a conversation.
   *
   * @param models stay open as long as this; the caller closes them
   * @param adapter that answers first, or {@link AdaptedModels#NONE}
   * @param history what was said before, the system's message first
   */
  Conversation(
      AdaptedModels models,
      String adapter,
      List<ChatMessage> history,
      Completion.Request request,
      Streams streams) {
    this.models = models;
    this.adapter = adapter;
    this.request = request;
    this.streams = streams;
    session = ChatSession.open(models.get(adapter), history);
  }

  /** Shows a person that it is his turn, and who will answer. */
  void prompt() {
    streams.out.print(Shown.line(models.names().isEmpty() ? "> " : adapter + "> "));
    streams.out.flush();
  }

  /**
   * Takes a line.
   *
   * @return whether the conversation goes on
   * @throws InputException where the line cannot be obeyed; the conversation stays as it was
   */
  boolean hear(String line) {
    String text = line.strip();
    if (text.startsWith("/") && !text.startsWith("//")) {
      String[] words = text.split("\\s+", 2);
      return obey(words[0], words.length > 1 ? words[1] : "");
    }
    if (!text.isEmpty()) {
      ask(text.startsWith("//") ? text.substring(1) : text);
    }
    return true;
  }

  /** Says why a line was not obeyed. */
  void refuse(InputException e) {
    streams.err.println("seal: " + e.getMessage());
    streams.err.flush();
  }

  private void ask(String message) {
    boolean first = session.messages().stream().allMatch(one -> one.role().equals(SYSTEM));
    try {
      Completion unused = session.ask(message, turn(), new TrimmedText(this::print));
    } catch (InputException e) {
      throw first ? e : new InputException(e.getMessage() + ", or forget what was said: /reset", e);
    }
    print("\n");
  }

  /** With a seed of its own for each turn: with one for all, answers fall into the same words. */
  private Completion.Request turn() {
    return new Completion.Request(
        request.sampling(),
        request.maxTokens(),
        request.stops(),
        request.seed() + session.messages().size());
  }

  private boolean obey(String word, String rest) {
    switch (word) {
      case "/adapter" -> choose(rest);
      case "/adapters" -> print(String.join("\n", adapters()) + "\n");
      case "/reset" -> session.goOnFrom(system());
      case "/system" -> instruct(rest);
      case "/save" -> save(rest);
      case "/help" -> print(String.join("\n", HELP) + "\n");
      case "/quit" -> {
        return false;
      }
      default -> {
        String meant =
            Nearest.to(word, WORDS).map(near -> ", did you mean " + near + "?").orElse("");
        throw Checks.refuse(
            "there is no command %s%s; /help lists them, and // begins a message with a slash",
            Shown.text(word), meant);
      }
    }
    return true;
  }

  private void choose(String name) {
    Checks.require(!name.isEmpty(), "/adapter needs the name of an adapter; /adapters lists them");
    ChatSession next = ChatSession.open(models.get(name), session.messages());
    session.close();
    session = next;
    adapter = name;
  }

  private List<String> adapters() {
    List<String> names = new ArrayList<>(models.names());
    names.add(AdaptedModels.NONE);
    return names.stream().map(name -> (name.equals(adapter) ? "* " : "  ") + name).toList();
  }

  private List<ChatMessage> system() {
    return session.messages().stream().filter(one -> one.role().equals(SYSTEM)).toList();
  }

  private void instruct(String text) {
    List<ChatMessage> messages = new ArrayList<>(session.messages());
    messages.removeAll(system());
    if (!text.isEmpty()) {
      messages.add(0, new ChatMessage(SYSTEM, text));
    }
    session.goOnFrom(messages);
  }

  private void save(String name) {
    List<ChatMessage> messages = session.messages();
    Checks.require(!name.isEmpty(), "/save needs the name of a new file");
    Checks.require(!messages.isEmpty(), "nothing was said yet, so there is nothing to save");
    try {
      Path file = Path.of(name);
      Checks.require(!Files.exists(file), "%s exists; name a new file", file);
      AtomicFile.writeText(file, Json.line(Map.of("messages", messages)) + "\n");
    } catch (InvalidPathException e) {
      throw Checks.refuse("/save: '%s' is not a path on this system", Shown.text(name));
    }
    streams.err.println("seal: " + Amount.of(messages.size(), "message") + " saved");
    streams.err.flush();
  }

  private void print(String text) {
    streams.out.print(Terminal.shown(text));
    streams.out.flush();
  }

  @Override
  public void close() {
    session.close();
  }
}
