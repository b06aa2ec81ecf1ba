package org.seal4j.scripts.run;

/**
 * What the tensors really run on, after ND4J has been loaded and tried.
 *
 * @param name {@code cpu} or {@code cuda}
 * @param nd4jClass simple name of ND4J's backend class
 */
public record Backend(String name, String nd4jClass) {

  @Override
  public String toString() {
    return name + " (" + nd4jClass + ")";
  }
}
