package org.seal4j.rl.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.Weights;

/**
 * SHA-256 of the classes that decide the bits of a model: of the modules data, model and lora, but
 * for packages that only read, write or check. The same for the same classes in a folder or a jar;
 * a commit that changes none of them changes nothing.
 */
final class CodeHash {
  /** One class of each module, whose jar or folder holds the others. */
  private static final Map<String, Class<?>> MODULES =
      new TreeMap<>(
          Map.of(
              "org/seal4j/data/",
              Seeds.class,
              "org/seal4j/model/",
              Weights.class,
              "org/seal4j/lora/",
              InnerLoopConfig.class));

  /** Packages that read, write, check, or are used after training. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "org/seal4j/data/check/",
          "org/seal4j/data/file/",
          "org/seal4j/data/gguf/",
          "org/seal4j/data/json/",
          "org/seal4j/data/stability/",
          "org/seal4j/data/table/",
          "org/seal4j/model/generate/",
          "org/seal4j/model/gguf/",
          "org/seal4j/model/weights/",
          "org/seal4j/lora/io/");

  private CodeHash() {}

  /** The hash in this JVM. */
  static String here() {
    Map<String, String> hashes = new TreeMap<>();
    MODULES.forEach((prefix, one) -> hashes.putAll(of(place(one), prefix)));
    return ofHashes(hashes);
  }

  static String ofHashes(Map<String, String> byName) {
    List<String> parts = new ArrayList<>();
    byName.forEach((name, hash) -> parts.add(name + " " + hash));
    return ContentHash.ofTexts(parts);
  }

  /** The hashes of the class files below a prefix, by their names in a jar. */
  static Map<String, String> of(Path place, String prefix) {
    Map<String, String> hashes = new TreeMap<>();
    try {
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.walk(place.resolve(prefix))) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String name = place.relativize(file).toString().replace('\\', '/');
            add(name, Files.readAllBytes(file), hashes);
          }
        }
      } else {
        try (JarFile jar = new JarFile(place.toFile())) {
          for (ZipEntry entry : jar.stream().filter(e -> e.getName().startsWith(prefix)).toList()) {
            try (InputStream in = jar.getInputStream(entry)) {
              add(entry.getName(), in.readAllBytes(), hashes);
            }
          }
        }
      }
    } catch (IOException e) {
      throw Checks.refuse(
          "cannot read the classes of Seal4J in %s: %s", place, AtomicFile.reason(e));
    }
    return hashes;
  }

  private static void add(String name, byte[] content, Map<String, String> hashes) {
    boolean decides =
        name.endsWith(".class")
            && !name.endsWith("package-info.class")
            && WITHOUT_EFFECT.stream().noneMatch(name::startsWith);
    if (decides) {
      hashes.put(name, ContentHash.ofBytes(content));
    }
  }

  private static Path place(Class<?> one) {
    try {
      CodeSource source =
          Optional.ofNullable(one.getProtectionDomain().getCodeSource())
              .orElseThrow(
                  () ->
                      Checks.refuse(
                          "the classes of Seal4J must come from a jar or a folder, so that cached"
                              + " models can name them; %s does not",
                          one.getName()));
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw Checks.refuse("cannot find the jar of %s: %s", one.getName(), e);
    }
  }
}
