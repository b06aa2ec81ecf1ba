package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;

/**
 * The written form of a self-edit for small policies: one symbol per slot, in a fixed order (the
 * schema's tools, then loss strategy, learning rate, epochs). One-to-one with the edits of a finite
 * schema, hence with their JSON. The compact schema has 7 slots and 19 symbols.
 *
 * <p>Differs from SEAL: the reference's policy writes the JSON text itself; a policy of a few
 * hundred thousand parameters writes these symbols, which map one to one to that JSON.
 */
public final class EditTokens {
  private final EditSchema schema;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> indexOf = new LinkedHashMap<>();
  private final int[] slotStart;

  /** Lays out the symbols of a finite schema. */
  public EditTokens(EditSchema schema) {
    schema.requireFinite("written as symbols");
    this.schema = schema;
    this.slotStart = new int[schema.tools().size() + 4];
    int slot = 0;
    for (Tool tool : schema.tools()) {
      String name = tool.symbol();
      slotStart[++slot] = add(List.of(name + "=0", name + "=1"));
    }
    slotStart[++slot] = add(schema.strategies().stream().map(s -> "loss=" + s.symbol()).toList());
    slotStart[++slot] =
        add(schema.learningRates().stream().map(r -> "lr=" + Numbers.shortest(r)).toList());
    slotStart[++slot] = add(schema.epochChoices().stream().map(n -> "epochs=" + n).toList());
  }

  private int add(List<String> slotNames) {
    for (String name : slotNames) {
      indexOf.put(name, names.size());
      names.add(name);
    }
    return names.size();
  }

  /** Slots of one edit. */
  public int length() {
    return slotStart.length - 1;
  }

  /** The name of every symbol, such as {@code color=1} or {@code lr=0.003}; its index is its id. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** The symbols that may stand in a slot, ascending: the grammar mask. */
  public int[] allowed(int slot) {
    Checks.require(
        slot >= 0 && slot < length(), "an edit has slots 0 to %d, not %d", length() - 1, slot);
    return IntStream.range(slotStart[slot], slotStart[slot + 1]).toArray();
  }

  /** The symbols of an edit, one per slot; refused if the edit is outside the schema. */
  public int[] encode(FewShotEdit edit) {
    int[] symbols = new int[length()];
    int slot = 0;
    for (Tool tool : Tool.values()) {
      Checks.require(
          schema.tools().contains(tool) || !tool.in(edit.augmentations()),
          "%s uses %s, which the schema does not offer",
          edit,
          tool);
    }
    for (Tool tool : schema.tools()) {
      symbols[slot] = slotStart[slot] + (tool.in(edit.augmentations()) ? 1 : 0);
      slot++;
    }
    symbols[slot] = slotStart[slot] + choice(schema.strategies(), edit.strategy(), edit);
    slot++;
    symbols[slot] = slotStart[slot] + choice(schema.learningRates(), edit.learningRate(), edit);
    slot++;
    symbols[slot] = slotStart[slot] + choice(schema.epochChoices(), edit.epochs(), edit);
    return symbols;
  }

  private static <T> int choice(List<T> choices, T value, FewShotEdit edit) {
    int at = choices.indexOf(value);
    Checks.require(at >= 0, "%s has %s, but the schema offers %s", edit, value, choices);
    return at;
  }

  /** Reads symbols back; anything that the grammar mask would forbid is invalid, never thrown. */
  public ParsedEdit<FewShotEdit> decode(int[] symbols) {
    if (symbols.length != length()) {
      return new ParsedEdit.Invalid<>(
          InvalidReason.WRONG_LENGTH,
          "an edit has %d symbols but %d were written".formatted(length(), symbols.length));
    }
    int[] choices = new int[length()];
    for (int slot = 0; slot < length(); slot++) {
      if (symbols[slot] < slotStart[slot] || symbols[slot] >= slotStart[slot + 1]) {
        return wrongSymbol(slot, nameOf(symbols[slot]));
      }
      choices[slot] = symbols[slot] - slotStart[slot];
    }
    List<Tool> on = new ArrayList<>();
    int slot = 0;
    for (Tool tool : schema.tools()) {
      if (choices[slot++] == 1) {
        on.add(tool);
      }
    }
    return new ParsedEdit.Valid<>(
        new FewShotEdit(
            EditSchema.flags(on),
            schema.strategies().get(choices[slot]),
            schema.learningRates().get(choices[slot + 1]),
            schema.epochChoices().get(choices[slot + 2])));
  }

  /** Symbols as text: their names, separated by single spaces. */
  public String text(int[] symbols) {
    List<String> words = new ArrayList<>();
    for (int symbol : symbols) {
      words.add(nameOf(symbol));
    }
    return String.join(" ", words);
  }

  /**
   * Reads {@link #text(int[])}. Words that name no symbol are invalid in their slot, so a policy
   * that writes without the mask may print anything.
   */
  public ParsedEdit<FewShotEdit> read(String text) {
    String[] words = text.isEmpty() ? new String[0] : text.split(" ", -1);
    int[] symbols = new int[words.length];
    for (int slot = 0; slot < words.length; slot++) {
      Integer symbol = indexOf.get(words[slot]);
      if (symbol == null && words.length == length()) {
        return wrongSymbol(slot, words[slot]);
      }
      symbols[slot] = symbol == null ? -1 : symbol;
    }
    return decode(symbols);
  }

  private String nameOf(int symbol) {
    return symbol >= 0 && symbol < names.size() ? names.get(symbol) : "symbol " + symbol;
  }

  private ParsedEdit<FewShotEdit> wrongSymbol(int slot, String found) {
    return new ParsedEdit.Invalid<>(
        InvalidReason.WRONG_SYMBOL,
        "slot %d holds '%s' but must be one of %s"
            .formatted(slot, found, names.subList(slotStart[slot], slotStart[slot + 1])));
  }
}
