package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what operators stand between: names and literals, and what is said about them behind. */
final class AtomParser {
  private static final String DATES = "; write a date into the template, or give it a clock";

  private final Lexer words;
  private final ExpressionParser expressions;

  AtomParser(Lexer words, ExpressionParser expressions) {
    this.words = words;
    this.expressions = expressions;
  }

  /** A value with the names after points, the places in brackets and the calls behind it. */
  Expression read() {
    Expression now = atom();
    while (words.sees(".") || words.sees("[") || words.sees("(")) {
      now = Expression.counted(member(now));
    }
    return now;
  }

  private Expression member(Expression container) {
    if (words.take(".")) {
      String name = words.name();
      return scope -> Values.attribute(container.value(scope), name);
    }
    if (words.take("[")) {
      return subscript(container);
    }
    Function<Scope, Arguments> arguments = arguments();
    return scope -> called(container.value(scope), arguments.apply(scope));
  }

  private static Object called(Object function, Arguments arguments) {
    if (function instanceof Callable callable) {
      return callable.call(arguments);
    }
    String dates = new Values.Undefined("strftime_now").equals(function) ? DATES : "";
    throw new TemplateFault("%s is no function%s", Values.kind(function), dates);
  }

  /** What stands in brackets behind a name, or nothing. */
  Function<Scope, Arguments> arguments() {
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    boolean given = words.take("(");
    while (given && !words.take(")")) {
      if (words.seesNamed()) {
        String name = words.name();
        words.expect("=");
        named.put(name, expressions.read());
      } else {
        positional.add(expressions.read());
      }
      if (!words.sees(")")) {
        words.expect(",");
      }
    }
    return scope -> {
      Map<String, Object> values = new LinkedHashMap<>();
      named.forEach((name, value) -> values.put(name, value.value(scope)));
      return new Arguments(values(positional, scope), values, scope.budget());
    };
  }

  private static List<Object> values(List<Expression> expressions, Scope scope) {
    return expressions.stream().map(one -> one.value(scope)).toList();
  }

  /** {@code [place]} or {@code [from:to:step]}. */
  private Expression subscript(Expression container) {
    List<@Nullable Expression> parts = new ArrayList<>();
    boolean slice = false;
    do {
      parts.add(words.sees(":") || words.sees("]") ? null : expressions.read());
      slice |= words.sees(":");
    } while (parts.size() < 3 && words.take(":"));
    words.expect("]");
    Expression place = parts.get(0);
    if (!slice && place != null) {
      return scope -> {
        Object from = container.value(scope);
        scope.budget().pay(from instanceof String text ? 1 + text.length() / 4 : 1);
        return Values.item(from, place.value(scope));
      };
    }
    return scope -> {
      Object from = container.value(scope);
      scope.budget().read(from);
      Long step = number(parts, 2, scope);
      return Places.slice(
          from, number(parts, 0, scope), number(parts, 1, scope), step == null ? 1 : step);
    };
  }

  private static @Nullable Long number(List<@Nullable Expression> parts, int at, Scope scope) {
    Expression part = at < parts.size() ? parts.get(at) : null;
    Object value = part == null ? Values.NONE : part.value(scope);
    return value == Values.NONE ? null : Long.valueOf(Values.requireInteger(value));
  }

  private Expression atom() {
    Lexer.Token token = words.peek();
    return switch (token.kind()) {
      case TEXT -> {
        StringBuilder text = new StringBuilder();
        while (words.peek().kind() == Lexer.Kind.TEXT) {
          text.append(words.next().text()); // texts side by side are one
        }
        yield constant(text.toString());
      }
      case NUMBER -> constant(number(words.next()));
      case NAME -> {
        words.next();
        yield named(token.text());
      }
      default -> bracketed();
    };
  }

  private static Expression constant(Object value) {
    return scope -> value;
  }

  private Object number(Lexer.Token token) {
    if (token.text().matches("[0-9]{1,18}")) {
      return Long.valueOf(token.text());
    }
    if (token.text().matches("[0-9]+")) {
      throw words.unsupported(token, "the number", List.of("those of up to 18 digits"));
    }
    return Double.valueOf(token.text());
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> constant(true);
      case "false", "False" -> constant(false);
      case "none", "None" -> constant(Values.NONE);
      default -> scope -> scope.get(name);
    };
  }

  private Expression bracketed() {
    if (words.take("(")) {
      if (words.take(")")) {
        return constant(new Tuple(List.of()));
      }
      Expression value = expressions.readTuple();
      words.expect(")");
      return value;
    }
    if (words.take("{")) {
      return dictionary();
    }
    if (!words.take("[")) {
      throw words.refuse("a value");
    }
    List<Expression> elements = new ArrayList<>();
    while (!words.take("]")) {
      elements.add(expressions.read());
      if (!words.sees("]")) {
        words.expect(",");
      }
    }
    return scope -> values(elements, scope);
  }

  private Expression dictionary() {
    Map<Expression, Expression> members = new LinkedHashMap<>();
    while (!words.take("}")) {
      Expression key = expressions.read();
      words.expect(":");
      members.put(key, expressions.read());
      if (!words.sees("}")) {
        words.expect(",");
      }
    }
    return scope -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      members.forEach((key, value) -> map.put(Values.key(key.value(scope)), value.value(scope)));
      return map;
    };
  }
}
