package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of this program and of what it runs on. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    All all = all();
    return new String[] {
      "seal " + all.seal(), "ND4J " + all.nd4j(), "Java " + all.java() + ", " + all.system()
    };
  }

  /** The versions, for programs. */
  record All(String seal, String nd4j, String java, String system) {}

  static All all() {
    return new All(
        of("seal"),
        of("nd4j"),
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** The version that the build wrote down for {@code seal} or {@code nd4j}. */
  static String of(String part) {
    Properties versions = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions.getProperty(part);
  }
}
