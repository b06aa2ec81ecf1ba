package org.seal4j.scripts;

import java.io.File;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tests run with, for processes of their own. */
public final class TestClassPath {
  private TestClassPath() {}

  /** Everything, as absolute paths. */
  public static String all() {
    return entries().collect(Collectors.joining(File.pathSeparator));
  }

  /** The libraries without anything of Seal4J. */
  public static String libraries() {
    return entries()
        .filter(entry -> entry.endsWith(".jar") && !entry.contains("seal4j-"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> entries() {
    return Stream.concat(fromLoader(), Stream.of(System.getProperty("java.class.path")))
        .flatMap(entries -> Stream.of(entries.split(File.pathSeparator)))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .distinct();
  }

  /** Some test runners keep the class path in a loader of their own. */
  private static Stream<String> fromLoader() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return loader instanceof URLClassLoader urls
        ? Stream.of(urls.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString())
        : Stream.empty();
  }
}
