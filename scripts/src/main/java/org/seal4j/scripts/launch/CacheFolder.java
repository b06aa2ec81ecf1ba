package org.seal4j.scripts.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where this program keeps what several runs share, pretrained models above all: the folder that
 * the variable {@value #VARIABLE} names, else {@code .cache} of the checkout, else {@code
 * ~/.cache/seal4j}, else one for temporary files; the first that can be written.
 */
public final class CacheFolder {
  /** Names the folder; the native libraries are unpacked there as well. */
  public static final String VARIABLE = "SEAL_CACHE";

  private static final String NATIVES = "org.bytedeco.javacpp.cachedir";

  private CacheFolder() {}

  /**
   * The folder, which may not exist yet.
   *
   * @param checkout the checkout this program lives in, where there is one
   */
  public static Path find(Optional<Path> checkout) {
    return find(
        System.getenv(VARIABLE),
        checkout,
        Path.of(System.getProperty("user.home")),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Path find(@Nullable String named, Optional<Path> checkout, Path home, Path temporary) {
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    List<Path> places = new ArrayList<>();
    checkout.ifPresent(root -> places.add(root.resolve(".cache")));
    places.add(home.resolve(".cache").resolve("seal4j"));
    Path last = temporary.resolve("seal4j-" + System.getProperty("user.name"));
    return places.stream().filter(CacheFolder::canBeMade).findFirst().orElse(last);
  }

  private static boolean canBeMade(Path folder) {
    Path at = folder.toAbsolutePath();
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at != null && Files.isDirectory(at) && Files.isWritable(at);
  }

  /**
   * Has native libraries unpacked where {@value #VARIABLE} says. Without it JavaCPP takes {@code
   * ~/.javacpp/cache}, or a folder for temporary files where the home folder is read-only. Must
   * come before ND4J is loaded.
   */
  public static void unpackNatives() {
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isBlank() && System.getProperty(NATIVES) == null) {
      System.setProperty(NATIVES, Path.of(named).resolve("javacpp").toString());
    }
  }
}
