package org.seal4j.scripts.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Nearest;
import org.seal4j.data.check.Shown;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.YamlNode.Mapping;
import org.seal4j.scripts.recipe.YamlNode.Scalar;

/**
 * Finds recipes by name or path and reads them: the base recipe that {@code extends} names, the
 * file itself over it, the {@code --set} options over both.
 */
public final class RecipeBook {
  /** The key that names a base recipe, by name, or by a path from the folder of the file. */
  static final String EXTENDS = "extends";

  /** What a recipe says of itself and never takes from its base. */
  private static final List<String> OWN = List.of("recipe", "about");

  private final SortedMap<String, RecipeFile> shelf;

  private RecipeBook(SortedMap<String, RecipeFile> shelf) {
    this.shelf = shelf;
  }

  /**
   * The recipes of a checkout where there is one (so that edits count at once), else the packed.
   */
  public static RecipeBook open(Optional<Path> home) {
    return home.map(root -> ofFolder(root.resolve("scripts").resolve("recipes")))
        .filter(book -> !book.names().isEmpty())
        .orElseGet(() -> new RecipeBook(RecipeShelf.packed()));
  }

  /** The recipes of one folder. */
  public static RecipeBook ofFolder(Path folder) {
    return new RecipeBook(RecipeShelf.inFolder(folder));
  }

  /** The recipes known by name, in alphabetical order. */
  public List<String> names() {
    return List.copyOf(shelf.keySet());
  }

  /** The YAML of a recipe as it was written, comments included. */
  public String text(String nameOrPath) {
    return file(nameOrPath).text();
  }

  /**
   * Reads a recipe.
   *
   * @param nameOrPath a known name, or the path of a file (it has a '/' or ends with .yaml)
   * @param sets {@code key=value} texts, later ones win
   * @throws InputException where the recipe, its base or an override is refused
   */
  public RecipeDraft load(String nameOrPath, List<String> sets) {
    Mapping tree = tree(file(nameOrPath), new ArrayList<>());
    for (String set : sets) {
      tree = tree.overlaidBy(override(set));
    }
    return RecipeDraft.of(tree);
  }

  private RecipeFile file(String nameOrPath) {
    if (isPath(nameOrPath)) {
      return RecipeFile.read(Path.of(nameOrPath));
    }
    RecipeFile file = shelf.get(nameOrPath);
    if (file == null) {
      String advice =
          Nearest.to(nameOrPath, shelf.keySet())
              .map(nearest -> "did you mean '" + nearest + "'?")
              .orElse(
                  CommandName.with("recipes", "list")
                      + " shows all; a path needs a '/' or ends with .yaml");
      throw Checks.refuse("there is no recipe '%s'; %s", nameOrPath, advice);
    }
    return file;
  }

  /** The file laid over everything it extends. */
  private Mapping tree(RecipeFile file, List<String> chain) {
    Checks.require(
        !chain.contains(file.shown()),
        "recipes extend each other in a circle: %s -> %s",
        String.join(" -> ", chain),
        file.shown());
    chain.add(file.shown());
    Mapping own = file.parse();
    YamlNode base = own.entries().get(EXTENDS);
    if (base == null) {
      return own;
    }
    RecipeFile baseFile = base(file, base);
    Mapping below = tree(baseFile, chain).without(OWN);
    Mapping merged = below.overlaidBy(own.without(List.of(EXTENDS)));
    return new Mapping(own.place(), merged.entries());
  }

  private RecipeFile base(RecipeFile file, YamlNode node) {
    String name = node instanceof Scalar scalar && scalar.text() != null ? scalar.text() : "";
    Checks.require(
        !name.isEmpty(),
        "%s: '%s' must name one recipe but is %s",
        node.place(),
        EXTENDS,
        node.words());
    try {
      return isPath(name) && file.folder() != null
          ? RecipeFile.read(file.folder().resolve(name))
          : file(name);
    } catch (InputException e) {
      throw new InputException(node.place() + ": '" + EXTENDS + "': " + e.getMessage(), e);
    }
  }

  /** The tree with nothing but one overridden key. */
  static Mapping override(String set) {
    int equals = set.indexOf('=');
    Checks.require(equals > 0, "--set needs KEY=VALUE but got '%s'", Shown.text(set));
    String key = set.substring(0, equals);
    Place place = new Place("--set " + Shown.text(set), 0);
    List<String> path = List.of(key.split("\\.", -1));
    Checks.require(path.stream().noneMatch(String::isBlank), "%s: '%s' is not a key", place, key);
    Checks.require(
        !List.of(EXTENDS, "recipe", "kind").contains(path.get(0)),
        "%s: '%s' is what the recipe is; copy the recipe to change it",
        place,
        key);
    YamlNode node = YamlReader.readValue(place.source(), set.substring(equals + 1));
    for (int i = path.size() - 1; i >= 0; i--) {
      Map<String, YamlNode> entry = new LinkedHashMap<>();
      entry.put(path.get(i), node);
      node = new Mapping(place, entry);
    }
    return (Mapping) node;
  }

  private static boolean isPath(String nameOrPath) {
    return nameOrPath.contains("/") || nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml");
  }
}
