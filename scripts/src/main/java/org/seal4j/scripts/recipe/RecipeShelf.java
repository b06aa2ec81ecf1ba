package org.seal4j.scripts.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recipes that are known by name: a folder of YAML files, or those packed into the jar. */
final class RecipeShelf {
  private static final String PACKED = "/recipes";
  private static final String YAML = ".yaml";

  private RecipeShelf() {}

  /** All recipes of a folder, by name; empty where there is no such folder. */
  static SortedMap<String, RecipeFile> inFolder(Path folder) {
    TreeMap<String, RecipeFile> files = new TreeMap<>();
    for (Path path : yamlFiles(folder)) {
      files.put(name(path), RecipeFile.read(path));
    }
    return Collections.unmodifiableSortedMap(files);
  }

  /** All recipes in the jar, by name. */
  static SortedMap<String, RecipeFile> packed() {
    return packed(RecipeShelf.class.getResource(PACKED));
  }

  /**
   * All recipes of the folder {@code /recipes} at this place on the class path, if there is one.
   */
  static SortedMap<String, RecipeFile> packed(@Nullable URL url) {
    if (url == null) {
      return Collections.emptySortedMap();
    }
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return packed(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return packed(jar.getPath(PACKED));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SortedMap<String, RecipeFile> packed(Path folder) throws IOException {
    TreeMap<String, RecipeFile> files = new TreeMap<>();
    for (Path path : yamlFiles(folder)) {
      String shown = path.getFileName().toString();
      files.put(name(path), RecipeFile.packed(shown, Files.readAllBytes(path)));
    }
    return Collections.unmodifiableSortedMap(files);
  }

  private static List<Path> yamlFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(path -> path.toString().endsWith(YAML)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path path) {
    String file = path.getFileName().toString();
    return file.substring(0, file.length() - YAML.length());
  }
}
