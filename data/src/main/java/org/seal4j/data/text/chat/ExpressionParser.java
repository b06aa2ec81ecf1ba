package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;

/** Reads expressions, with Jinja's order of operators. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  private final Lexer words;

  ExpressionParser(Lexer words) {
    this.words = words;
  }

  /** {@code value if test else other}, or what binds closer. */
  Expression read() {
    Expression value = either();
    if (!words.take("if")) {
      return value;
    }
    Expression test = either();
    Expression other = words.take("else") ? read() : scope -> Values.UNDEFINED;
    return scope -> Values.isTrue(test.value(scope)) ? value.value(scope) : other.value(scope);
  }

  /** Like {@link #read}, but an {@code if} is left alone. */
  Expression readOperand() {
    return either();
  }

  private Expression either() {
    Expression left = both();
    while (words.take("or")) {
      Expression first = left;
      Expression second = both();
      left =
          scope -> {
            Object value = first.value(scope);
            return Values.isTrue(value) ? value : second.value(scope);
          };
    }
    return left;
  }

  private Expression both() {
    Expression left = negation();
    while (words.take("and")) {
      Expression first = left;
      Expression second = negation();
      left =
          scope -> {
            Object value = first.value(scope);
            return Values.isTrue(value) ? second.value(scope) : value;
          };
    }
    return left;
  }

  private Expression negation() {
    if (words.take("not")) {
      Expression value = negation();
      return scope -> !Values.isTrue(value.value(scope));
    }
    return comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    while (true) {
      Expression first = left;
      String mark = words.peek().text();
      if (words.peek().kind() == Lexer.Kind.MARK && COMPARISONS.contains(mark)) {
        words.next();
        Expression second = sum();
        left = scope -> compared(mark, first.value(scope), second.value(scope));
      } else if (words.take("in")) {
        Expression second = sum();
        left = scope -> Values.contains(second.value(scope), first.value(scope));
      } else if (words.take("not")) {
        words.expect("in");
        Expression second = sum();
        left = scope -> !Values.contains(second.value(scope), first.value(scope));
      } else {
        return left;
      }
    }
  }

  private static boolean compared(String mark, Object left, Object right) {
    return switch (mark) {
      case "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> Values.compare(left, right) < 0;
      case ">" -> Values.compare(left, right) > 0;
      case "<=" -> Values.compare(left, right) <= 0;
      default -> Values.compare(left, right) >= 0;
    };
  }

  private Expression sum() {
    Expression left = concatenation();
    while (true) {
      Expression first = left;
      if (words.take("+")) {
        Expression second = concatenation();
        left = scope -> Values.plus(first.value(scope), second.value(scope));
      } else if (words.take("-")) {
        Expression second = concatenation();
        left =
            scope ->
                Values.requireNumber(first.value(scope))
                    - Values.requireNumber(second.value(scope));
      } else {
        return left;
      }
    }
  }

  private Expression concatenation() {
    Expression left = product();
    while (words.take("~")) {
      Expression first = left;
      Expression second = product();
      left = scope -> Values.text(first.value(scope)) + Values.text(second.value(scope));
    }
    return left;
  }

  private Expression product() {
    Expression left = signed();
    while (true) {
      Expression first = left;
      Lexer.Token mark = words.peek();
      if (!Set.of("*", "//", "%").contains(mark.text()) || mark.kind() != Lexer.Kind.MARK) {
        return left;
      }
      words.next();
      Expression second = signed();
      left =
          scope ->
              calculated(
                  mark.text(),
                  Values.requireNumber(first.value(scope)),
                  Values.requireNumber(second.value(scope)));
    }
  }

  private static Object calculated(String mark, long left, long right) {
    if (mark.equals("*")) {
      return left * right;
    }
    Checks.require(right != 0, "chat template: %d is divided by zero", left);
    return mark.equals("//") ? Math.floorDiv(left, right) : Math.floorMod(left, right);
  }

  private Expression signed() {
    if (words.take("-")) {
      Expression value = signed();
      return scope -> -Values.requireNumber(value.value(scope));
    }
    return filtered(members(atom()));
  }

  private Expression filtered(Expression value) {
    Expression now = value;
    while (true) {
      if (words.take("|")) {
        now = Builtins.filter(words, now, words.peek(), name -> arguments());
      } else if (words.take("is")) {
        boolean negated = words.take("not");
        Expression test = Builtins.test(words, now);
        now = negated ? scope -> !Values.isTrue(test.value(scope)) : test;
      } else {
        return now;
      }
    }
  }

  /** What stands in brackets after a name, or nothing. */
  private List<Expression> arguments() {
    List<Expression> arguments = new ArrayList<>();
    if (words.take("(")) {
      while (!words.take(")")) {
        arguments.add(read());
        if (!words.take(",")) {
          words.expect(")");
          break;
        }
      }
    }
    return arguments;
  }

  private Expression members(Expression value) {
    Expression now = value;
    while (true) {
      Expression container = now;
      if (words.take(".")) {
        Lexer.Token name = words.peek();
        words.name();
        now =
            words.peek().text().equals("(") && words.peek().kind() == Lexer.Kind.MARK
                ? Builtins.method(words, container, name, arguments())
                : scope -> Values.item(container.value(scope), name.text());
      } else if (words.take("[")) {
        now = subscript(container);
      } else {
        return now;
      }
    }
  }

  private Expression subscript(Expression container) {
    Expression from = words.peek().text().equals(":") ? scope -> 0L : read();
    if (words.take("]")) {
      return scope -> Values.item(container.value(scope), from.value(scope));
    }
    words.expect(":");
    Expression to = words.peek().text().equals("]") ? scope -> (long) Integer.MAX_VALUE : read();
    words.expect("]");
    return scope ->
        Values.slice(
            container.value(scope),
            Values.requireNumber(from.value(scope)),
            Values.requireNumber(to.value(scope)),
            false);
  }

  private Expression atom() {
    Lexer.Token token = words.peek();
    switch (token.kind()) {
      case TEXT -> {
        StringBuilder text = new StringBuilder();
        while (words.peek().kind() == Lexer.Kind.TEXT) {
          text.append(words.next().text()); // texts side by side are one
        }
        return scope -> text.toString();
      }
      case NUMBER -> {
        if (!token.text().matches("[0-9]{1,18}")) {
          throw words.refuse("an integer");
        }
        long number = Long.parseLong(words.next().text());
        return scope -> number;
      }
      case NAME -> {
        words.next();
        return named(token);
      }
      default -> {
        return bracketed();
      }
    }
  }

  private Expression bracketed() {
    if (words.take("(")) {
      Expression value = read();
      words.expect(")");
      return value;
    }
    if (!words.take("[")) {
      throw words.refuse("a value");
    }
    List<Expression> elements = new ArrayList<>();
    while (!words.take("]")) {
      elements.add(read());
      if (!words.take(",")) {
        words.expect("]");
        break;
      }
    }
    return scope -> elements.stream().map(one -> one.value(scope)).toList();
  }

  private Expression named(Lexer.Token name) {
    switch (name.text()) {
      case "true", "True" -> {
        return scope -> true;
      }
      case "false", "False" -> {
        return scope -> false;
      }
      case "none", "None" -> {
        return scope -> Values.NONE;
      }
      default -> {}
    }
    if (!words.take("(")) {
      return scope -> scope.get(name.text());
    }
    if (name.text().equals("namespace")) {
      return namespace();
    }
    if (!name.text().equals("raise_exception")) {
      throw words.unsupported(name, "the function", List.of("namespace", "raise_exception"));
    }
    Expression message = read();
    words.expect(")");
    return scope -> {
      throw Checks.refuse(
          "the chat template refuses the conversation: %s", Values.text(message.value(scope)));
    };
  }

  private Expression namespace() {
    List<String> names = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!words.take(")")) {
      names.add(words.name());
      words.expect("=");
      values.add(read());
      if (!words.take(",")) {
        words.expect(")");
        break;
      }
    }
    return scope -> {
      Namespace space = new Namespace();
      for (int i = 0; i < names.size(); i++) {
        space.put(names.get(i), values.get(i).value(scope));
      }
      return space;
    };
  }
}
