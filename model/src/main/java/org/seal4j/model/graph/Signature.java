package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * What an op takes and gives, as {@link GraphOp} describes it: {@code seal_rms_norm(x [rows, d],
 * gain [d]) -> [rows, d]}. Serves one op.
 */
final class Signature {
  private static final Pattern PART = Pattern.compile("([\\w ]*?) ?(int32 )?\\[([^\\]]*)]");
  private static final Pattern WHOLE =
      Pattern.compile(
          "\\w+\\((?:[^()\\[\\]]*\\[[^\\[\\]()]*])*\\)\\s+->\\s+(?:[^()\\[\\]]*\\[[^\\[\\]()]*])+");
  private static final String ANY = "...";

  private final String name;
  private final List<Part> inputs;
  private final List<Part> outputs;

  /** The sizes that letters stand for, as far as the inputs have told. */
  private final Map<String, Long> known = new HashMap<>();

  /** One input or output; a size is a number, a letter, or a product of them such as b*s. */
  private record Part(String role, DataType type, List<String> sizes) {}

  Signature(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw Checks.refuse(
          "the signature '%s' of an op cannot be read; write it as in 'my_scale(x [rows, d], gain"
              + " [d]) -> [rows, d]'",
          text);
    }
    name = text.substring(0, text.indexOf('('));
    inputs = parts(text.substring(name.length(), text.indexOf("->")));
    outputs = parts(text.substring(text.indexOf("->")));
  }

  private static List<Part> parts(String text) {
    return PART.matcher(text)
        .results()
        .map(
            part ->
                new Part(
                    part.group(1).strip(),
                    part.group(2) == null ? DataType.FLOAT : DataType.INT32,
                    List.of(part.group(3).split(", "))))
        .toList();
  }

  /** The op's name. */
  String name() {
    return name;
  }

  /** The shapes of the outputs for these inputs, or a refusal of the input that does not fit. */
  long[][] outputShapes(Graph graph, SDVariable... given) {
    if (given.length != inputs.size()) {
      String roles = inputs.stream().map(Part::role).collect(Collectors.joining(", "));
      throw Checks.refuse("%s takes %s but got %d inputs", shown(), roles, given.length);
    }
    // Twice: a product with two unknown factors waits until a later input has told one of them.
    for (int i = 0; i < 2 * given.length; i++) {
      SDVariable input = given[i % given.length];
      Part part = inputs.get(i % given.length);
      if (!fits(part, input.dataType(), graph.shape(input))) {
        throw refusal(graph, part, input, given);
      }
    }
    return outputs.stream()
        .map(part -> sizes(part).stream().mapToLong(this::told).toArray())
        .toArray(long[][]::new);
  }

  /** A size of an output, all of whose letters the inputs have told. */
  private long told(String size) {
    for (String factor : size.split("\\*", -1)) {
      if (number(factor) == null) {
        throw Checks.refuse(
            "%s: an output has size %s, but no input has; its signature must name it there",
            shown(), factor);
      }
    }
    return size(size);
  }

  private InputException refusal(Graph graph, Part part, SDVariable input, SDVariable[] given) {
    String sizes = text(part);
    String others =
        Arrays.stream(given)
            .filter(other -> !other.name().equals(input.name()))
            .filter(other -> !sizes.equals(String.join(", ", part.sizes)))
            .map(graph::text)
            .collect(Collectors.joining(", "));
    return Checks.refuse(
        "%s: %s must be %s [%s] but is %s%s%s",
        shown(),
        part.role,
        ArrayForm.type(part.type),
        sizes,
        graph.text(input),
        others.isEmpty() ? "" : ", beside ",
        others);
  }

  private String shown() {
    return name.replaceFirst("^seal_", "");
  }

  /** Whether an array is such a part, as far as the letters are known; learns those that follow. */
  private boolean fits(Part part, DataType type, long[] shape) {
    Map<String, Long> before = new HashMap<>(known);
    if (part.sizes.contains(ANY)) {
      known.putIfAbsent(ANY, (long) shape.length);
    }
    List<String> sizes = sizes(part);
    boolean fits = type == part.type && shape.length == sizes.size();
    for (int axis = 0; fits && axis < shape.length; axis++) {
      fits = fits(sizes.get(axis), shape[axis]);
    }
    if (!fits) {
      known.keySet().retainAll(before.keySet());
    }
    return fits;
  }

  private boolean fits(String size, long given) {
    long product = 1;
    int free = 0;
    String letter = "";
    for (String factor : size.split("\\*", -1)) {
      Long number = number(factor);
      product *= number == null ? 1 : number;
      letter = number == null ? factor : letter;
      free += number == null ? 1 : 0;
    }
    boolean fits = free == 0 ? product == given : product > 0 && given % product == 0;
    if (fits && free == 1) {
      known.put(letter, given / product);
    }
    return fits;
  }

  private @Nullable Long number(String factor) {
    boolean letters = Character.isLetter(factor.charAt(0)) || factor.startsWith(ANY);
    return letters ? known.get(factor) : Long.valueOf(factor);
  }

  /** The product of those factors that are known. */
  private long size(String size) {
    long product = 1;
    for (String factor : size.split("\\*", -1)) {
      Long number = number(factor);
      product *= number == null ? 1 : number;
    }
    return product;
  }

  /** The sizes of a part, with a name for each axis of any shape. */
  private List<String> sizes(Part part) {
    Long rank = known.get(ANY);
    return rank == null || !part.sizes.contains(ANY)
        ? part.sizes
        : IntStream.range(0, rank.intValue()).mapToObj(axis -> ANY + axis).toList();
  }

  /** The sizes of a part as messages show them: those that are known as numbers. */
  private String text(Part part) {
    return sizes(part).stream()
        .map(
            size ->
                Arrays.stream(size.split("\\*", -1)).anyMatch(factor -> number(factor) == null)
                    ? size
                    : Long.toString(size(size)))
        .collect(Collectors.joining(", "));
  }
}
