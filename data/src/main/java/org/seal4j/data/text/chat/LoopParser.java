package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code for a, b in list if test}, its body, and what {@code else} says when there was no
 * turn.
 */
final class LoopParser {
  private final TemplateParser blocks;

  LoopParser(TemplateParser blocks) {
    this.blocks = blocks;
  }

  Node read(Lexer words, Tags.Tag tag) {
    List<String> names = TemplateParser.targets(words);
    words.expect("in");
    ExpressionParser expressions = new ExpressionParser(words);
    Expression list = expressions.readOperand();
    Expression test = words.take("if") ? expressions.read() : scope -> true;
    words.end();
    Node body = blocks.block();
    Lexer end = blocks.closing(tag, "endfor");
    Node otherwise = Node.all(List.of());
    if (end.take("else")) {
      otherwise = blocks.block();
      blocks.closing(tag, "endfor").expect("endfor");
    } else {
      end.expect("endfor");
    }
    Node none = otherwise;
    return (scope, out) -> {
      List<Object> elements = selected(scope, names, list.value(scope), test);
      boolean any = turns(scope, names, elements, body, out);
      return any ? Node.Flow.NEXT : none.render(scope.inner(), out);
    };
  }

  private static List<Object> selected(
      Scope scope, List<String> names, Object value, Expression test) {
    scope.budget().read(value);
    List<Object> selected = new ArrayList<>();
    for (Object element : Values.elements(value)) {
      scope.budget().pay(1);
      Scope inner = scope.inner();
      TemplateParser.assign(inner, names, element);
      if (Values.isTrue(test.value(inner))) {
        selected.add(element);
      }
    }
    return selected;
  }

  /** Whether at least one turn came to its end, without {@code break} and {@code continue}. */
  private static boolean turns(
      Scope scope, List<String> names, List<Object> elements, Node body, StringBuilder out) {
    boolean any = false;
    Node.Flow flow = Node.Flow.NEXT;
    for (int i = 0; i < elements.size() && flow != Node.Flow.BREAK; i++) {
      Scope inner = scope.inner();
      inner.set("loop", new Attributes.Loop(elements, i));
      TemplateParser.assign(inner, names, elements.get(i));
      flow = body.render(inner, out);
      any |= flow == Node.Flow.NEXT;
    }
    return any;
  }
}
