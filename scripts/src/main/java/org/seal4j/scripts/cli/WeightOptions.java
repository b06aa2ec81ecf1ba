package org.seal4j.scripts.cli;

import org.jspecify.annotations.Nullable;
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
              + " what is written a little. Default: float32; for serve packed, where that copy takes"
              + " at most 1 GiB.")
  private @Nullable WeightForm form;

  WeightForm form() {
    return form == null ? WeightForm.FLOAT32 : form;
  }

  /** The same; null where the user leaves it open. */
  @Nullable WeightForm asked() {
    return form;
  }
}
