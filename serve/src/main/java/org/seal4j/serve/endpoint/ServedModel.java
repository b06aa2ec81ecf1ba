package org.seal4j.serve.endpoint;

import java.util.function.LongSupplier;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.serving.DecodingService;
import org.seal4j.lora.text.TextModel;
import org.seal4j.serve.adapter.AdapterShelf;
import org.seal4j.serve.adapter.ChosenAdapters;
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
    try {
      return shelf.choose(ModelChoice.of(named, name), question);
    } catch (UnknownAdapterException e) {
      throw ApiException.notFound(String.valueOf(e.getMessage()))
          .withParam("model")
          .withCode("model_not_found");
    } catch (InputException e) {
      throw ApiException.badField("model", String.valueOf(e.getMessage()));
    }
  }

  int vocabulary() {
    return model.folder().config().vocabSize();
  }
}
