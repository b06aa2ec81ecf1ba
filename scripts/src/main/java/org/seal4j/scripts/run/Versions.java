package org.seal4j.scripts.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.seal4j.data.check.InputException;

/**
 * The software that a run was made with.
 *
 * @param seal4j version of this project
 * @param nd4j version of ND4J with SameDiff
 * @param arrow version of Arrow, which writes the tables
 * @param jdk version of the Java runtime
 */
public record Versions(String seal4j, String nd4j, String arrow, String jdk) {
  private static final String ARROW =
      "/META-INF/maven/org.apache.arrow/arrow-vector/pom.properties";

  public Versions {
    RunManifest.requireText("versions.seal4j", seal4j);
    RunManifest.requireText("versions.nd4j", nd4j);
    RunManifest.requireText("versions.arrow", arrow);
    RunManifest.requireText("versions.jdk", jdk);
  }

  /** The versions in this JVM; the two that this module cannot see are given. */
  public static Versions here(String seal4j, String nd4j) {
    return new Versions(
        seal4j, nd4j, arrowVersion(), System.getProperty("java.version", "unknown"));
  }

  private static String arrowVersion() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(ARROW)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new InputException("cannot read the version of Arrow from its jar: " + e, e);
    }
    return properties.getProperty("version", "unknown");
  }
}
