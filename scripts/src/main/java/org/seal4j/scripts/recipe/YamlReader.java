package org.seal4j.scripts.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.scripts.recipe.YamlNode.Items;
import org.seal4j.scripts.recipe.YamlNode.Mapping;
import org.seal4j.scripts.recipe.YamlNode.Scalar;

/**
 * Reads YAML text into {@link YamlNode}s with places. Refuses what a recipe does not need: several
 * documents, aliases, tags, a key written twice.
 */
final class YamlReader {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final int DEEPEST = 50;

  private final String source;
  private final boolean lines;
  private final YAMLParser parser;

  private YamlReader(String source, boolean lines, YAMLParser parser) {
    this.source = source;
    this.lines = lines;
    this.parser = parser;
  }

  /** The one mapping that the file {@code source} with this text holds. */
  static Mapping readFile(String source, String text) {
    YamlNode root = read(source, true, text);
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    throw Checks.refuse(
        "%s: a recipe is a file of keys and values, but this one is %s",
        source, root == null ? "empty" : root.words());
  }

  /** The value of an option such as {@code --set lora.rank=8}: any YAML value on one line. */
  static YamlNode readValue(String source, String text) {
    YamlNode node = read(source, false, text);
    return node == null ? new Scalar(new Place(source, 0), null) : node;
  }

  private static @Nullable YamlNode read(String source, boolean lines, String text) {
    try (YAMLParser parser = YAML.createParser(text)) {
      YamlReader reader = new YamlReader(source, lines, parser);
      if (parser.nextToken() == null) {
        return null;
      }
      YamlNode root = reader.node(reader.place(), 0);
      Checks.require(
          parser.nextToken() == null, "%s: one YAML document expected, more found", reader.place());
      return root;
    } catch (JsonProcessingException e) {
      throw YamlFault.in(source, lines, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Place place() {
    return new Place(source, lines ? parser.currentTokenLocation().getLineNr() : 0);
  }

  /** The node that begins at the current token; its place is that of its key. */
  private YamlNode node(Place place, int depth) throws IOException {
    Checks.require(depth <= DEEPEST, "%s: nested deeper than %d levels", place, DEEPEST);
    Checks.require(
        !parser.isCurrentAlias() && parser.getObjectId() == null,
        "%s: YAML anchors and aliases are not used in recipes; write the value out or use 'extends'",
        place);
    Object tag = parser.getTypeId();
    Checks.require(
        tag == null,
        "%s: YAML tags such as '!%s' are not used in recipes; leave it out",
        place,
        tag);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(place, depth);
      case START_ARRAY -> items(place, depth);
      case VALUE_NULL -> new Scalar(place, null);
      default -> new Scalar(place, parser.getText());
    };
  }

  private Mapping mapping(Place place, int depth) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = place();
      parser.nextToken();
      entries.put(key, node(keyPlace, depth + 1));
    }
    return new Mapping(place, entries);
  }

  private Items items(Place place, int depth) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(place(), depth + 1));
    }
    return new Items(place, items);
  }
}
