package org.seal4j.rl.grid;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.seal4j.data.arc.AugmentationFlags;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Rejected;
import org.seal4j.rl.StrictJson;

/**
 * The JSON form of a {@link FewShotEdit} (docs/seal.md §3.2), written canonically and read
 * strictly: {@code {"data_generation":{...},"training":{...}}}.
 *
 * <p>The four flags of the reference are always written and required; {@code
 * use_color_augmentations} is written and required exactly where the schema offers it.
 *
 * <p>Differs from SEAL: there a missing flag or an unknown strategy silently trains for 0 epochs,
 * malformed objects crash, and text that is not JSON is resampled without limit. Here each has a
 * named reason.
 */
public final class FewShotEditJson {
  private static final String DATA = "data_generation";
  private static final String TRAINING = "training";
  private static final String STRATEGY = "strategy";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String EPOCHS = "num_train_epochs";

  private final EditSchema schema;
  private final List<Tool> flags = new ArrayList<>();

  /** The JSON form of one schema's edits. */
  public FewShotEditJson(EditSchema schema) {
    this.schema = schema;
    for (Tool tool : Tool.values()) {
      if (tool != Tool.COLOR || schema.tools().contains(tool)) {
        flags.add(tool);
      }
    }
  }

  /** The canonical text: no spaces, keys in the order of docs/seal.md §3.2, shortest numbers. */
  public String write(FewShotEdit edit) {
    StringJoiner tools = new StringJoiner(",", "{", "}");
    for (Tool tool : flags) {
      tools.add("\"%s\":%b".formatted(tool.key(), tool.in(edit.augmentations())));
    }
    return "{\"%s\":%s,\"%s\":{\"%s\":\"%s\",\"%s\":%s,\"%s\":%d}}"
        .formatted(
            DATA,
            tools,
            TRAINING,
            STRATEGY,
            edit.strategy().wireName(),
            LEARNING_RATE,
            Numbers.shortest(edit.learningRate()),
            EPOCHS,
            edit.epochs());
  }

  /** Reads one edit; never throws, whatever the text. */
  public ParsedEdit<FewShotEdit> read(String text) {
    try {
      return new ParsedEdit.Valid<>(parse(StrictJson.object(text)));
    } catch (Rejected rejected) {
      return rejected.asInvalid();
    }
  }

  private FewShotEdit parse(Map<String, Object> root) throws Rejected {
    requireKeys("the edit", root, List.of(DATA, TRAINING));
    Map<String, Object> data = section(root, DATA);
    Map<String, Object> training = section(root, TRAINING);
    requireKeys(DATA, data, flags.stream().map(Tool::key).toList());
    requireKeys(TRAINING, training, List.of(STRATEGY, LEARNING_RATE, EPOCHS));
    return new FewShotEdit(
        tools(data),
        strategy(member(training, STRATEGY)),
        learningRate(member(training, LEARNING_RATE)),
        epochs(member(training, EPOCHS)));
  }

  private static Map<String, Object> section(Map<String, Object> root, String key) throws Rejected {
    return StrictJson.asObject(key, member(root, key), InvalidReason.WRONG_TYPE);
  }

  private static Object member(Map<String, Object> object, String key) {
    return object.getOrDefault(key, StrictJson.NULL);
  }

  private static void requireKeys(String where, Map<String, Object> found, List<String> expected)
      throws Rejected {
    for (String key : found.keySet()) {
      if (!expected.contains(key)) {
        throw new Rejected(
            InvalidReason.UNKNOWN_KEY,
            "%s has key '%s'; with this recipe's choices its keys are %s"
                .formatted(where, key, expected));
      }
    }
    for (String key : expected) {
      if (!found.containsKey(key)) {
        throw new Rejected(InvalidReason.MISSING_KEY, "%s has no key '%s'".formatted(where, key));
      }
    }
  }

  private AugmentationFlags tools(Map<String, Object> data) throws Rejected {
    List<Tool> on = new ArrayList<>();
    for (Tool tool : flags) {
      Object value = member(data, tool.key());
      if (!(value instanceof Boolean flag)) {
        throw wrongType(tool.key(), "true or false", value);
      }
      if (flag && !schema.tools().contains(tool)) {
        throw new Rejected(
            InvalidReason.TOOL_NOT_OFFERED,
            "%s is true but only %s are offered".formatted(tool.key(), schema.tools()));
      }
      if (flag) {
        on.add(tool);
      }
    }
    return EditSchema.flags(on);
  }

  private Strategy strategy(Object value) throws Rejected {
    if (!(value instanceof String name)) {
      throw wrongType(STRATEGY, "a string", value);
    }
    List<String> offered = schema.strategies().stream().map(Strategy::wireName).toList();
    int at = offered.indexOf(name);
    if (at < 0) {
      throw new Rejected(
          InvalidReason.UNKNOWN_STRATEGY,
          "%s is '%s' but must be one of %s".formatted(STRATEGY, name, offered));
    }
    return schema.strategies().get(at);
  }

  private double learningRate(Object value) throws Rejected {
    if (!(value instanceof Number number)) {
      throw wrongType(LEARNING_RATE, "a number", value);
    }
    double rate = number.doubleValue();
    boolean offered = schema.learningRates().isEmpty() || schema.learningRates().contains(rate);
    if (!(rate > 0) || Double.isInfinite(rate) || !offered) {
      throw new Rejected(
          InvalidReason.BAD_LEARNING_RATE,
          "%s is %s but must be %s"
              .formatted(
                  LEARNING_RATE, value, choices(schema.learningRates(), "finite and above 0")));
    }
    return rate;
  }

  private int epochs(Object value) throws Rejected {
    if (!(value instanceof BigInteger number)) {
      throw wrongType(EPOCHS, "a whole number", value);
    }
    boolean counts = number.signum() > 0 && number.bitLength() < Integer.SIZE;
    boolean offered =
        schema.epochChoices().isEmpty() || schema.epochChoices().contains(number.intValue());
    if (!counts || !offered) {
      throw new Rejected(
          InvalidReason.BAD_EPOCHS,
          "%s is %s but must be %s"
              .formatted(EPOCHS, value, choices(schema.epochChoices(), "1 or more")));
    }
    return number.intValue();
  }

  private static String choices(List<?> offered, String otherwise) {
    return offered.isEmpty() ? otherwise : "one of " + offered;
  }

  private static Rejected wrongType(String key, String expected, Object found) {
    return new Rejected(
        InvalidReason.WRONG_TYPE, "%s must be %s but is %s".formatted(key, expected, found));
  }
}
