package org.seal4j.serve.endpoint;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.lora.serving.DecodingService;
import org.seal4j.lora.text.TextModel;
import org.seal4j.serve.adapter.AdapterShelf;
import org.seal4j.serve.adapter.AdapterVersion;
import org.seal4j.serve.adapter.ChosenAdapters;
import org.seal4j.serve.adapter.DamagedAdapterException;
import org.seal4j.serve.adapter.ModelChoice;
import org.seal4j.serve.adapter.UnknownAdapterException;
import org.seal4j.serve.answer.Answering;
import org.seal4j.serve.http.ApiException;

/**
 * All that answers.
 *
 * @param name of the model itself
 * @param model with its tokenizer
 * @param shelf its adapters
 * @param engine that writes
 * @param answering from questions to the engine
 * @param seconds clock: seconds since 1970
 * @param created when the server started
 */
public record ServedModel(
    String name,
    TextModel model,
    AdapterShelf shelf,
    DecodingService engine,
    Answering answering,
    LongSupplier seconds,
    long created) {
  /** What stands for the weights in answers. */
  String fingerprint() {
    return "fp_" + shelf.baseHash().substring(0, 12);
  }

  /**
   * The adapters that a request names as its model.
   *
   * @param question by which a bundle chooses
   */
  ChosenAdapters choose(String named, String question) {
    return found(() -> shelf.choose(ModelChoice.of(named, name), question));
  }

  /** The one adapter that a client names. */
  AdapterVersion version(String named) {
    return found(
        () -> {
          ModelChoice choice = ModelChoice.of(named, name);
          Checks.require(
              choice.parts().size() == 1 && choice.parts().get(0).weight() == 1,
              "'%s' is several adapters or a weighted one, which is no model of its own",
              Shown.text(named));
          return shelf.version(choice.parts().get(0));
        });
  }

  private static <T> T found(Supplier<T> looking) {
    try {
      return looking.get();
    } catch (UnknownAdapterException e) {
      throw ApiException.notFound(String.valueOf(e.getMessage()))
          .withParam("model")
          .withCode("model_not_found");
    } catch (DamagedAdapterException e) {
      throw ApiException.of(500, String.valueOf(e.getMessage()));
    } catch (InputException e) {
      throw ApiException.badField("model", String.valueOf(e.getMessage()));
    }
  }

  int vocabulary() {
    return model.folder().config().vocabSize();
  }
}
