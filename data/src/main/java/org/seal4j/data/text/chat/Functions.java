package org.seal4j.data.text.chat;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;

/** The functions that every template knows. */
final class Functions {
  private static final Pattern FIELD = Pattern.compile("%(-?.)");
  private static final Map<String, String> BARE = Map.of("-d", "e", "-H", "k", "-I", "l");
  private static final Set<String> FIELDS =
      Set.of("Y", "y", "m", "B", "b", "d", "e", "j", "A", "a", "H", "k", "I", "l", "M", "S", "p");

  static final Map<String, Callable> ALL =
      Map.of(
          "namespace",
          arguments -> new Attributes.Namespace(named(arguments)),
          "dict",
          Functions::named,
          "range",
          Functions::range,
          "raise_exception",
          arguments -> refuse(arguments.under(List.of("message"))));

  private Functions() {}

  /** The function {@code strftime_now}, which takes the date from this clock. */
  static Callable dates(Clock clock) {
    return arguments ->
        date(
            LocalDateTime.ofInstant(clock.instant(), clock.getZone()),
            arguments.under(List.of("format")));
  }

  private static Map<String, Object> named(Arguments arguments) {
    if (!arguments.positional().isEmpty()) {
      throw new TemplateFault("arguments without a name are not supported here");
    }
    return new LinkedHashMap<>(arguments.named());
  }

  private static Object refuse(Arguments arguments) {
    throw Checks.refuse(
        "the chat template refuses the conversation: %s",
        Written.text(arguments.required("message"), arguments.budget()));
  }

  /** A date in a form of C's {@code strftime}, whose fields Java's formatter knows as well. */
  private static String date(LocalDateTime now, Arguments arguments) {
    String format = arguments.text("format");
    arguments.budget().pay(20L * format.length()); // a field takes longer than most steps
    return FIELD.matcher(format).replaceAll(found -> Matcher.quoteReplacement(field(now, found)));
  }

  private static String field(LocalDateTime now, MatchResult found) {
    String name = found.group(1);
    if (name.equals("%")) {
      return name;
    }
    String form = BARE.getOrDefault(name, name);
    if (!FIELDS.contains(form)) {
      throw new TemplateFault("the field '%%%s' of a date is not supported", name);
    }
    String text = String.format(Locale.US, "%t" + form, now).strip();
    return name.equals("p") ? Methods.upper(text) : text;
  }

  private static List<Object> range(Arguments arguments) {
    List<Long> given =
        arguments.under(List.of("start", "stop", "step")).named().values().stream()
            .map(Values::requireInteger)
            .toList();
    if (given.isEmpty() || !arguments.named().isEmpty()) {
      throw new TemplateFault("range needs one to three numbers without names");
    }
    long start = given.size() == 1 ? 0 : given.get(0);
    long stop = given.get(given.size() == 1 ? 0 : 1);
    long step = given.size() < 3 ? 1 : given.get(2);
    if (step == 0) {
      throw new TemplateFault("range needs steps other than 0");
    }
    double count = Math.ceil(((double) stop - start) / step);
    int size = arguments.budget().items((long) Math.max(0, count));
    return new Range(start, step, size);
  }
}
