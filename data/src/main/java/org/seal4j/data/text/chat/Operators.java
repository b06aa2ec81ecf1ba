package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;

/** Jinja's operators of two values, with Python's rules. */
final class Operators {
  private Operators() {}

  static Object apply(String mark, Object left, Object right, Budget budget) {
    budget.read(left);
    budget.read(right);
    try {
      return switch (mark) {
        case "+" -> plus(left, right, budget);
        case "~" -> concatenated(left, right, budget);
        case "*" -> times(left, right, budget);
        default -> calculated(mark, Values.requireNumber(left), Values.requireNumber(right));
      };
    } catch (ArithmeticException e) {
      throw new TemplateFault("%s %s %s has more digits than there is room for", left, mark, right);
    }
  }

  /** The sum of numbers, or texts and lists one after the other. */
  private static Object plus(Object left, Object right, Budget budget) {
    if (left instanceof String && right instanceof String) {
      return concatenated(left, right, budget);
    }
    if (left instanceof List<?> list
        && right instanceof List<?> more
        && Values.sameKind(list, more)
        && !(list instanceof Range)) {
      List<Object> all = new ArrayList<>(budget.items(0L + list.size() + more.size()));
      all.addAll(list);
      all.addAll(more);
      return sameKind(list, all);
    }
    if (left instanceof String || left instanceof List) {
      throw new TemplateFault("%s and %s cannot be joined", Values.kind(left), Values.kind(right));
    }
    return calculated("+", Values.requireNumber(left), Values.requireNumber(right));
  }

  private static Object sameKind(List<?> model, List<Object> elements) {
    return model instanceof Tuple ? new Tuple(elements) : elements;
  }

  private static String concatenated(Object left, Object right, Budget budget) {
    String first = Written.text(left, budget);
    String second = Written.text(right, budget);
    budget.characters(0L + first.length() + second.length());
    return first + second;
  }

  private static Object times(Object left, Object right, Budget budget) {
    if (right instanceof String && !(left instanceof String)) {
      return times(right, left, budget);
    }
    if (left instanceof String text) {
      long count = Math.max(0, Values.requireInteger(right));
      budget.characters(Math.multiplyExact(text.length(), count));
      return text.repeat((int) Math.min(count, Budget.MAX_TEXT));
    }
    return calculated("*", Values.requireNumber(left), Values.requireNumber(right));
  }

  private static Object calculated(String mark, Number left, Number right) {
    if ("/ // %".contains(mark) && right.doubleValue() == 0) {
      throw new TemplateFault("%s is divided by zero", left);
    }
    if (left instanceof Long first && right instanceof Long second && !mark.equals("/")) {
      return switch (mark) {
        case "+" -> Math.addExact(first, second);
        case "-" -> Math.subtractExact(first, second);
        case "*" -> Math.multiplyExact(first, second);
        case "//" -> Math.floorDiv(first, second);
        default -> Math.floorMod(first, second);
      };
    }
    double first = left.doubleValue();
    double second = right.doubleValue();
    return switch (mark) {
      case "+" -> first + second;
      case "-" -> first - second;
      case "*" -> first * second;
      case "/" -> first / second;
      case "//" -> Math.floor(first / second);
      default -> first - second * Math.floor(first / second);
    };
  }
}
