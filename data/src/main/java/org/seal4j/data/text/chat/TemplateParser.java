package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the tags of a template: {@code if}, {@code for}, {@code set} and expressions. */
final class TemplateParser {
  private static final Set<String> STATEMENTS = Set.of("for", "if", "set");

  private final TemplatePlace place;
  private final List<Tags.Tag> tags;
  private int at;

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
  private Node block() {
    List<Node> parts = new ArrayList<>();
    while (at < tags.size()) {
      Tags.Tag tag = tags.get(at);
      if (tag.kind() == Tags.Kind.TEXT) {
        at++;
        parts.add((scope, out) -> out.append(tag.text()));
      } else if (tag.kind() == Tags.Kind.OUTPUT) {
        at++;
        Lexer words = tag.words(place);
        Expression value = new ExpressionParser(words).read();
        words.end();
        parts.add((scope, out) -> out.append(Values.text(value.value(scope))));
      } else if (isEnd(tag)) {
        return Node.all(parts);
      } else {
        at++;
        parts.add(statement(tag));
      }
    }
    return Node.all(parts);
  }

  private boolean isEnd(Tags.Tag tag) {
    String name = tag.words(place).peek().text();
    return name.startsWith("end") || name.equals("else") || name.equals("elif");
  }

  private Node statement(Tags.Tag tag) {
    Lexer words = tag.words(place);
    Lexer.Token name = words.peek();
    words.next();
    return switch (name.text()) {
      case "if" -> condition(words, tag);
      case "for" -> loop(words, tag);
      case "set" -> assignment(words);
      default -> throw words.unsupported(name, "the statement", new TreeSet<>(STATEMENTS));
    };
  }

  private Node condition(Lexer words, Tags.Tag tag) {
    Expression test = whole(words);
    Node then = block();
    Tags.Tag end = closing(tag, "endif");
    Lexer after = end.words(place);
    Node otherwise;
    if (after.take("elif")) {
      otherwise = condition(after, tag); // takes the endif as well
    } else if (after.take("else")) {
      otherwise = block();
      closing(tag, "endif").words(place).expect("endif");
    } else {
      after.expect("endif");
      otherwise = Node.all(List.of());
    }
    return (scope, out) -> (Values.isTrue(test.value(scope)) ? then : otherwise).render(scope, out);
  }

  private Tags.Tag closing(Tags.Tag opening, String expected) {
    if (at >= tags.size()) {
      throw place.refuse(opening.position(), "this tag lacks its " + expected);
    }
    return tags.get(at++);
  }

  private static Expression whole(Lexer words) {
    Expression value = new ExpressionParser(words).read();
    words.end();
    return value;
  }

  private Node loop(Lexer words, Tags.Tag tag) {
    String name = words.name();
    words.expect("in");
    Expression list = new ExpressionParser(words).readOperand();
    words.end();
    Node body = block();
    closing(tag, "endfor").words(place).expect("endfor");
    return (scope, out) -> {
      Object value = list.value(scope);
      if (!(value instanceof List<?> elements)) {
        throw place.refuse(tag.position(), "this goes over something that is no list");
      }
      for (int i = 0; i < elements.size(); i++) {
        Scope inner = scope.inner();
        inner.set(name, elements.get(i));
        inner.set("loop", position(i, elements.size()));
        body.render(inner, out);
      }
    };
  }

  private static Map<String, Object> position(int index, int size) {
    return Map.of(
        "index0",
        (long) index,
        "index",
        index + 1L,
        "first",
        index == 0,
        "last",
        index == size - 1,
        "length",
        (long) size);
  }

  /** {@code set name = value}, or {@code set name.field = value} for a namespace. */
  private Node assignment(Lexer words) {
    String name = words.name();
    String field = words.take(".") ? words.name() : "";
    Lexer.Token equals = words.peek();
    words.expect("=");
    Expression value = whole(words);
    if (field.isEmpty()) {
      return (scope, out) -> scope.set(name, value.value(scope));
    }
    return (scope, out) -> {
      if (!(scope.get(name) instanceof Namespace space)) {
        throw place.refuse(equals.position(), "'" + name + "' is no namespace");
      }
      space.put(field, value.value(scope));
    };
  }
}
