package org.seal4j.scripts.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import picocli.CommandLine.Option;

/** Another model that writes the questions; together they are the key {@code questions.teacher}. */
final class TeacherOptions {
  /** A moderate temperature, room for about twenty questions, and time to write them. */
  private static final String KEYS =
      "questions.teacher={endpoint: {url: %s, model: %s, keyVariable: %s, connectSeconds: 10,"
          + " requestSeconds: 300, tries: 4, backoffSeconds: 1.5}, temperature: 0.7, topP: 0.95,"
          + " maxTokens: 4096}";

  @Option(
      names = "--teacher",
      paramLabel = "URL",
      description =
          "Address of an OpenAI-compatible service, such as http://localhost:8080/v1: a model there"
              + " writes the questions and their answers (questions.teacher). It is sent the"
              + " documents.")
  private @Nullable String url;

  @Option(
      names = "--teacher-model",
      paramLabel = "NAME",
      description = "Name of that model there (questions.teacher.endpoint.model).")
  private @Nullable String model;

  @Option(
      names = "--teacher-key",
      paramLabel = "VARIABLE",
      description =
          "Environment variable that holds its key; default: none is needed"
              + " (questions.teacher.endpoint.keyVariable).")
  private @Nullable String key;

  /** The key in the form of {@code --set}; nothing where no option was given. */
  List<String> changes() {
    if (url == null && model == null && key == null) {
      return List.of();
    }
    if (url == null || model == null) {
      throw Checks.refuse(
          "--teacher URL and --teacher-model NAME are given together; %s is missing",
          url == null ? "--teacher" : "--teacher-model");
    }
    return List.of(
        KEYS.formatted(
            TrainOptions.quoted(url),
            TrainOptions.quoted(model),
            TrainOptions.quoted(key == null ? "" : key)));
  }
}
