package org.seal4j.data.text.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code macro name(a, b=value)} and its body. */
final class MacroParser {
  private final TemplateParser blocks;

  MacroParser(TemplateParser blocks) {
    this.blocks = blocks;
  }

  Node read(Lexer words, Tags.Tag tag) {
    String name = words.name();
    Map<String, Expression> parameters = new LinkedHashMap<>();
    words.expect("(");
    while (!words.take(")")) {
      String parameter = words.name();
      Expression missing = scope -> new Values.Undefined(parameter);
      parameters.put(parameter, words.take("=") ? new ExpressionParser(words).read() : missing);
      if (!words.sees(")")) {
        words.expect(",");
      }
    }
    words.end();
    Node body = blocks.block();
    blocks.closing(tag, "endmacro").expect("endmacro");
    return (scope, out) -> {
      Callable macro = arguments -> written(scope.inner(), parameters, body, arguments);
      scope.set(name, macro);
      return Node.Flow.NEXT;
    };
  }

  private static String written(
      Scope scope, Map<String, Expression> parameters, Node body, Arguments arguments) {
    Map<String, Object> given = arguments.under(List.copyOf(parameters.keySet())).named();
    scope.set("varargs", new Tuple(List.of()));
    scope.set("kwargs", Map.of());
    scope.set("caller", new Values.Undefined("caller"));
    parameters.forEach(
        (name, missing) ->
            scope.set(name, given.containsKey(name) ? given.get(name) : missing.value(scope)));
    return body.text(scope);
  }
}
