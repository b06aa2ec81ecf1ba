package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads expressions, with Jinja's order of operators. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=", "in");

  private static final int MAX_DEPTH = 100;

  private final Lexer words;
  private final AtomParser atoms;
  private int depth;

  ExpressionParser(Lexer words) {
    this.words = words;
    atoms = new AtomParser(words, this);
  }

  /** {@code value if test else other}, or what binds closer. */
  Expression read() {
    return inside(this::choice);
  }

  private Expression inside(Supplier<Expression> part) {
    if (++depth > MAX_DEPTH) {
      throw words.refuse("a value that nests at most %d deep".formatted(MAX_DEPTH));
    }
    Expression value = part.get();
    depth--;
    return Expression.counted(value);
  }

  private Expression choice() {
    Expression value = readOperand();
    while (words.take("if")) {
      Expression then = value;
      Expression test = readOperand();
      Expression otherwise =
          words.take("else") ? read() : scope -> new Values.Undefined("the missing else");
      value =
          Expression.counted(
              scope -> (Values.isTrue(test.value(scope)) ? then : otherwise).value(scope));
    }
    return value;
  }

  /** One value, or several divided by commas, which are a tuple. */
  Expression readTuple() {
    Expression first = read();
    if (!words.sees(",")) {
      return first;
    }
    List<Expression> all = new ArrayList<>(List.of(first));
    while (words.take(",") && words.peek().kind() != Lexer.Kind.END && !words.sees(")")) {
      all.add(read());
    }
    return scope -> new Tuple(all.stream().map(one -> one.value(scope)).toList());
  }

  /** Like {@link #read}, but an {@code if} is left alone. */
  Expression readOperand() {
    return chain(List.of("or"), this::both, (mark, first, second) -> either(first, second, true));
  }

  private Expression both() {
    return chain(
        List.of("and"), this::negation, (mark, first, second) -> either(first, second, false));
  }

  /** The first value where it counts as this, else the second. */
  private static Expression either(Expression first, Expression second, boolean truth) {
    return scope -> {
      Object value = first.value(scope);
      return Values.isTrue(value) == truth ? value : second.value(scope);
    };
  }

  /** Makes one expression of two. */
  @FunctionalInterface
  private interface Join {
    Expression of(String mark, Expression first, Expression second);
  }

  /** Operations of one rank, from left to right. */
  private Expression chain(List<String> marks, Supplier<Expression> operand, Join join) {
    Expression left = operand.get();
    while (marks.stream().anyMatch(words::sees)) {
      left = Expression.counted(join.of(words.next().text(), left, operand.get()));
    }
    return left;
  }

  private Expression negation() {
    if (words.take("not")) {
      Expression value = inside(this::negation);
      return scope -> !Values.isTrue(value.value(scope));
    }
    return comparison();
  }

  /** {@code a < b < c} holds where both comparisons do. */
  private Expression comparison() {
    Expression first = sum();
    List<String> marks = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    while (true) {
      boolean negated = words.take("not");
      if (negated && !words.sees("in")) {
        throw words.refuse("'in'");
      }
      if (COMPARISONS.stream().noneMatch(words::sees)) {
        break;
      }
      marks.add((negated ? "not " : "") + words.next().text());
      others.add(sum());
    }
    if (marks.isEmpty()) {
      return first;
    }
    return scope -> {
      Object left = first.value(scope);
      for (int i = 0; i < marks.size(); i++) {
        Object right = others.get(i).value(scope);
        if (!holds(marks.get(i), left, right, scope.budget())) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  private static boolean holds(String mark, Object left, Object right, Budget budget) {
    boolean negated = mark.startsWith("not ");
    Builtin test = Objects.requireNonNull(Tests.ALL.get(negated ? "in" : mark));
    return test.apply(left, one(right, budget)).equals(!negated);
  }

  private Expression sum() {
    return chain(List.of("+", "-"), this::concatenation, ExpressionParser::operation);
  }

  private Expression concatenation() {
    return chain(List.of("~"), this::product, ExpressionParser::operation);
  }

  private Expression product() {
    return chain(List.of("*", "//", "/", "%"), () -> signed(true), ExpressionParser::operation);
  }

  private static Expression operation(String mark, Expression first, Expression second) {
    return scope -> Operators.apply(mark, first.value(scope), second.value(scope), scope.budget());
  }

  private Expression signed(boolean filtered) {
    Expression value;
    if (words.take("-")) {
      Expression positive = inside(() -> signed(false));
      value = scope -> Operators.apply("-", 0L, positive.value(scope), scope.budget());
    } else {
      value = atoms.read();
    }
    return filtered ? filtered(value) : value;
  }

  private Expression filtered(Expression value) {
    Expression now = value;
    while (true) {
      if (words.take("|")) {
        now = Expression.counted(filter(now));
      } else if (words.take("is")) {
        boolean negated = words.take("not");
        Expression test = Expression.counted(test(now));
        now = negated ? scope -> !Values.isTrue(test.value(scope)) : test;
      } else {
        return now;
      }
    }
  }

  /** The filter that comes next, of this value. */
  Expression filter(Expression value) {
    Builtin filter = builtin("the filter", Filters.ALL);
    Function<Scope, Arguments> given = atoms.arguments();
    return scope -> filter.apply(value.value(scope), given.apply(scope));
  }

  private Expression test(Expression value) {
    Builtin test = builtin("the test", Tests.ALL);
    if (words.sees("(") || test.parameters().isEmpty()) {
      Function<Scope, Arguments> given = atoms.arguments();
      return scope -> test.apply(value.value(scope), given.apply(scope));
    }
    Expression other = atoms.read();
    return scope -> test.apply(value.value(scope), one(other.value(scope), scope.budget()));
  }

  private static Arguments one(Object value, Budget budget) {
    return new Arguments(List.of(value), Map.of(), budget);
  }

  private Builtin builtin(String kind, Map<String, Builtin> all) {
    Lexer.Token token = words.peek();
    Builtin found = all.get(words.next().text());
    if (found == null) {
      throw words.unsupported(token, kind, all.keySet());
    }
    return found;
  }
}
