package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads the tags of a template: statements and expressions. */
final class TemplateParser {
  private static final int MAX_DEPTH = 100;

  private final TemplatePlace place;
  private final List<Tags.Tag> tags;
  private final Map<String, StatementReader> statements =
      Map.of(
          "if", this::condition,
          "for", new LoopParser(this)::read,
          "set", this::assignment,
          "macro", new MacroParser(this)::read,
          "generation", this::generation,
          "break", (words, tag) -> jump(words, Node.Flow.BREAK),
          "continue", (words, tag) -> jump(words, Node.Flow.CONTINUE));
  private int at;
  private int depth;

  /** Reads a statement whose name has been read. */
  @FunctionalInterface
  private interface StatementReader {
    Node read(Lexer words, Tags.Tag tag);
  }

  TemplateParser(String template, String source) {
    place = new TemplatePlace(template, source);
    tags = Tags.read(place);
  }

  Node parse() {
    Node all = block();
    if (at < tags.size()) {
      throw place.refuse(tags.get(at).position(), "this tag ends nothing");
    }
    return all;
  }

  /** Everything up to a tag that ends or divides a block, which is not taken. */
  Node block() {
    List<Node> parts = new ArrayList<>();
    depth++;
    while (at < tags.size() && !isEnd(tags.get(at))) {
      Tags.Tag tag = tags.get(at++);
      if (depth > MAX_DEPTH) {
        throw place.refuse(tag.position(), "blocks nest more than %d deep".formatted(MAX_DEPTH));
      }
      parts.add(located(tag, tag.kind() == Tags.Kind.STATEMENT ? statement(tag) : output(tag)));
    }
    depth--;
    return Node.all(parts);
  }

  /** A part whose faults say where it stands. */
  private Node located(Tags.Tag tag, Node part) {
    return (scope, out) -> {
      try {
        scope.budget().enter();
        return part.render(scope, out);
      } catch (TemplateFault e) {
        throw place.refuse(tag.position(), String.valueOf(e.getMessage()));
      } finally {
        scope.budget().leave();
      }
    };
  }

  private boolean isEnd(Tags.Tag tag) {
    String name = tag.kind() == Tags.Kind.STATEMENT ? tag.words(place).peek().text() : "";
    return name.startsWith("end") || name.equals("else") || name.equals("elif");
  }

  private Node output(Tags.Tag tag) {
    Expression value = tag.kind() == Tags.Kind.TEXT ? scope -> tag.text() : whole(tag.words(place));
    return (scope, out) -> {
      scope.budget().append(out, Written.text(value.value(scope), scope.budget()));
      return Node.Flow.NEXT;
    };
  }

  private Node statement(Tags.Tag tag) {
    Lexer words = tag.words(place);
    Lexer.Token name = words.next();
    StatementReader reader = statements.get(name.text());
    if (reader == null) {
      throw words.unsupported(name, "the statement", new TreeSet<>(statements.keySet()));
    }
    return reader.read(words, tag);
  }

  /** An expression that goes on to the end of its tag. */
  static Expression whole(Lexer words) {
    Expression value = new ExpressionParser(words).readTuple();
    words.end();
    return value;
  }

  private Node condition(Lexer words, Tags.Tag tag) {
    List<Expression> tests = new ArrayList<>();
    List<Node> blocks = new ArrayList<>();
    Lexer end = words;
    do {
      tests.add(whole(end));
      blocks.add(block());
      end = closing(tag, "endif");
    } while (end.take("elif"));
    if (end.take("else")) {
      tests.add(scope -> true);
      blocks.add(block());
      end = closing(tag, "endif");
    }
    end.expect("endif");
    return (scope, out) -> {
      for (int i = 0; i < tests.size(); i++) {
        if (Values.isTrue(tests.get(i).value(scope))) {
          return blocks.get(i).render(scope, out);
        }
      }
      return Node.Flow.NEXT;
    };
  }

  /** The words of the tag that ends a block. */
  Lexer closing(Tags.Tag opening, String expected) {
    if (at >= tags.size()) {
      throw place.refuse(opening.position(), "this tag lacks its " + expected);
    }
    return tags.get(at++).words(place);
  }

  /** The names before {@code in} or {@code =}. */
  static List<String> targets(Lexer words) {
    List<String> names = new ArrayList<>(List.of(words.name()));
    while (words.take(",")) {
      names.add(words.name());
    }
    return names;
  }

  /** Gives a value to a name, or its elements to several. */
  static void assign(Scope scope, List<String> names, Object value) {
    if (names.size() == 1) {
      scope.set(names.get(0), value);
      return;
    }
    List<Object> elements = Values.elements(value);
    if (elements.size() != names.size()) {
      throw new TemplateFault("%d values are given to %d names", elements.size(), names.size());
    }
    for (int i = 0; i < names.size(); i++) {
      scope.set(names.get(i), elements.get(i));
    }
  }

  /** {@code set a, b = value}, {@code set a.field = value}, or {@code set a} with a block. */
  private Node assignment(Lexer words, Tags.Tag tag) {
    List<String> names = targets(words);
    String field = words.take(".") ? words.name() : "";
    Expression value;
    if (words.take("=")) {
      value = whole(words);
    } else {
      words.end();
      Node body = block();
      closing(tag, "endset").expect("endset");
      value = scope -> body.text(scope.inner());
    }
    return (scope, out) -> {
      Object result = value.value(scope);
      if (field.isEmpty()) {
        assign(scope, names, result);
      } else if (scope.get(names.get(0)) instanceof Attributes.Namespace space) {
        space.set(field, result);
      } else {
        throw new TemplateFault("'%s' is no namespace", names.get(0));
      }
      return Node.Flow.NEXT;
    };
  }

  /** Marks what the model has written, for training; it changes no text. */
  private Node generation(Lexer words, Tags.Tag tag) {
    words.end();
    Node body = block();
    closing(tag, "endgeneration").expect("endgeneration");
    return (scope, out) -> body.render(scope.inner(), out);
  }

  private static Node jump(Lexer words, Node.Flow flow) {
    words.end();
    return (scope, out) -> flow;
  }
}
