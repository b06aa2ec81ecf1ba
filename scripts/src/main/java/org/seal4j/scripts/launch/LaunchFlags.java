package org.seal4j.scripts.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment and the JVM flags which every Seal4J process runs under, read from {@code
 * launch.flags}, the one place where they are written down.
 *
 * @param environment variables to set before the JVM starts, in file order
 * @param jvm flags for the java command, in file order
 */
public record LaunchFlags(Map<String, String> environment, List<String> jvm) {
  private static final String RESOURCE = "launch.flags";
  private static final String OPENS = "--add-opens=";
  private static final String MODULE = "--add-modules=";

  public LaunchFlags {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    jvm = List.copyOf(jvm);
  }

  /** The flags for the JVM this code runs in. */
  public static LaunchFlags forThisJava() {
    return forJava(Runtime.version().feature());
  }

  /** The flags for a JDK with this feature number, such as 17. */
  public static LaunchFlags forJava(int feature) {
    try (InputStream in = LaunchFlags.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the build");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), feature);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  static LaunchFlags parse(String text, int feature) {
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> jvm = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", -1);
      if (words.length != 2 || !words[0].matches("env|jvm\\d*")) {
        throw new IllegalStateException("not a line of " + RESOURCE + ": " + line);
      }
      if (words[0].equals("env")) {
        int equals = words[1].indexOf('=');
        environment.put(words[1].substring(0, equals), words[1].substring(equals + 1));
      } else if (words[0].equals("jvm") || Integer.parseInt(words[0].substring(3)) <= feature) {
        jvm.add(words[1]);
      }
    }
    return new LaunchFlags(environment, jvm);
  }

  /**
   * What this process lacks and cannot get any more, as flags and {@code NAME=VALUE} pairs; empty
   * when it was started as it should be. Heap size and garbage collector are the user's to change,
   * so they are not looked at.
   */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (!value.equals(System.getenv(name))) {
            missing.add(name + "=" + value);
          }
        });
    jvm.stream().filter(flag -> !inEffect(flag)).forEach(missing::add);
    return missing;
  }

  private static boolean inEffect(String flag) {
    if (flag.startsWith(OPENS)) {
      return isOpen(flag.substring(OPENS.length(), flag.lastIndexOf('=')));
    }
    if (flag.startsWith(MODULE)) {
      return ModuleLayer.boot().findModule(flag.substring(MODULE.length())).isPresent();
    }
    if (flag.startsWith("-D")) {
      return System.getProperty(flag.substring(2, flag.indexOf('='))) != null;
    }
    return true;
  }

  private static boolean isOpen(String moduleAndPackage) {
    int slash = moduleAndPackage.indexOf('/');
    return ModuleLayer.boot()
        .findModule(moduleAndPackage.substring(0, slash))
        .map(m -> m.isOpen(moduleAndPackage.substring(slash + 1), unnamedModule()))
        .orElse(false);
  }

  private static Module unnamedModule() {
    return LaunchFlags.class.getModule();
  }
}
