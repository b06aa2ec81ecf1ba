package org.seal4j.scripts.cli;

import org.seal4j.model.kernel.WeightForm;
import picocli.CommandLine.Option;

/** In what form the weights are that tokens are written with. */
final class WeightOptions {
  @Option(
      names = "--weights",
      paramLabel = "FORM",
      description =
          "Weights that tokens are written with and texts scored: float32, or a copy on the Java"
              + " heap that is read faster: packed (float32 too), bf16, int8. Fewer bits change"
              + " what is written a little. Default: float32.")
  private WeightForm form = WeightForm.FLOAT32;

  WeightForm form() {
    return form;
  }
}
