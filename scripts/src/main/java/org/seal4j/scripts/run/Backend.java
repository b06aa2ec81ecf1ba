package org.seal4j.scripts.run;

import org.seal4j.data.check.Checks;
import org.seal4j.model.plan.Engine;

/**
 * What the tensors really run on, after ND4J has been loaded and tried.
 *
 * @param name {@code cpu} or {@code cuda}
 * @param nd4jClass simple name of ND4J's backend class
 * @param engine that runs the ops there
 */
public record Backend(String name, String nd4jClass, Engine engine) {
  /** A backend on which our kernels run, where it is the processor. */
  public Backend(String name, String nd4jClass) {
    this(name, nd4jClass, Engine.KERNELS);
  }

  /** The same with another engine; our kernels are refused on a GPU. */
  public Backend with(Engine other) {
    Checks.require(
        other == Engine.STOCK || name.equals("cpu"),
        "the kernels of Seal4J run on the processor alone, but ND4J loaded %s; add --engine %s, or"
            + " use --backend cpu",
        this,
        Engine.STOCK);
    return new Backend(name, nd4jClass, other);
  }

  /** What computes, as keys of caches and identities of runs name it. */
  String computes() {
    return engine.on(name);
  }

  @Override
  public String toString() {
    return name + " (" + nd4jClass + ")" + (engine == Engine.STOCK ? " with stock ops" : "");
  }
}
