package org.seal4j.scripts.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.seal4j.data.check.Shown;
import org.seal4j.model.kernel.WeightForm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In what form the weights are that tokens are written with. */
final class WeightOptions {
  @Option(
      names = "--weights",
      paramLabel = "FORM",
      converter = Form.class,
      description =
          "Weights that tokens are written with and texts scored: float32, or a copy on the Java"
              + " heap that is read faster: packed (float32 too), bf16, int8. Fewer bits change"
              + " what is written a little. Default: float32.")
  private WeightForm form = WeightForm.FLOAT32;

  WeightForm form() {
    return form;
  }

  /** Reads a form as it is written in texts. */
  static final class Form implements ITypeConverter<WeightForm> {
    @Override
    public WeightForm convert(String word) {
      return Arrays.stream(WeightForm.values())
          .filter(form -> form.text().equalsIgnoreCase(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s but was '%s'"
                          .formatted(
                              Arrays.stream(WeightForm.values())
                                  .map(WeightForm::text)
                                  .collect(Collectors.joining(", ")),
                              Shown.text(word))));
    }
  }
}
