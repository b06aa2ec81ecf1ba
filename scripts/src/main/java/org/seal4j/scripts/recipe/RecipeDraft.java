package org.seal4j.scripts.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.scripts.recipe.YamlNode.Mapping;

/**
 * A recipe whose head has been read and whose other keys wait for the record class of its kind.
 * Extensions and {@code --set} are already worked in.
 */
public final class RecipeDraft {
  private final RecipeHead head;
  private final Mapping rest;
  private final Place kindPlace;

  private RecipeDraft(RecipeHead head, Mapping rest, Place kindPlace) {
    this.head = head;
    this.rest = rest;
    this.kindPlace = kindPlace;
  }

  static RecipeDraft of(Mapping all) {
    Map<String, YamlNode> headNodes = new LinkedHashMap<>();
    for (String key : RecipeHead.KEYS) {
      YamlNode node = all.entries().get(key);
      if (node != null) {
        headNodes.put(key, node);
      }
    }
    Mapping headMapping = new Mapping(all.place(), headNodes);
    RecipeHead head = RecordBinder.bind(headMapping, RecipeHead.class, List.of());
    Place kindPlace = headNodes.getOrDefault("kind", all).place();
    return new RecipeDraft(head, all.without(RecipeHead.KEYS), kindPlace);
  }

  /** The keys that every recipe has. */
  public RecipeHead head() {
    return head;
  }

  /** File and line of the key {@code kind}, for a message about it. */
  public String kindPlace() {
    return kindPlace.toString();
  }

  /** Reads all other keys into the record class of the recipe's kind; its checks run here. */
  public <C extends Record> C bind(Class<C> type) {
    for (String key : RecordKeys.of(type)) {
      Checks.require(
          !RecipeHead.KEYS.contains(key) && !key.equals(RecipeBook.EXTENDS),
          "the record %s may not have a component '%s': every recipe has that key",
          type.getName(),
          key);
    }
    return RecordBinder.bind(rest, type, RecipeHead.KEYS);
  }

  /**
   * The effective configuration as YAML in record order: a complete recipe that does the same
   * again.
   */
  public String effectiveYaml(Record config) {
    return RecordYaml.write(head, config);
  }
}
