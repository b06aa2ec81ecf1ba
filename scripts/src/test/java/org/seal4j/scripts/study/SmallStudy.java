package org.seal4j.scripts.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.SmallModel;

/** The recipe squad-smollm in a small form, with a random model and eight passages. */
final class SmallStudy {
  private final Path temp;
  private final Path model;
  private final Path passages;

  SmallStudy(Path temp) throws IOException {
    this.temp = temp;
    model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    StringBuilder articles = new StringBuilder("{\"version\": \"1.1\", \"data\": [");
    for (int i = 0; i < 8; i++) {
      String text = "Hill " + i + " was planted in 190" + i + ".";
      articles.append(i == 0 ? "" : ", ");
      articles.append(
          """
          {"title": "Hill_%d", "paragraphs": [{"context": "%s", "qas": [{"id": "q%d", \
          "question": "When was it planted?", "answers": [{"text": "190%d", \
          "answer_start": %d}]}]}]}"""
              .formatted(i, text, i, i, text.indexOf("190")));
    }
    passages = Files.writeString(temp.resolve("passages.json"), articles.append("]}"));
  }

  /** Runs it, and returns what it said. */
  String seal(int expected, Path run, String... more) {
    List<String> line = new ArrayList<>(List.of("run", "squad-smollm", "--out=" + run));
    line.add("--set=model.path=" + model);
    line.add("--set=data.passages=[" + passages + "]");
    for (String set :
        List.of(
            "data.questions=1",
            "study.steps=2",
            "study.answerTokens=3",
            "study.likeliest=4",
            "inner.lora.rank=2",
            "learn.lora.rank=2",
            "learn.epochs=1",
            "answer.maxTokens=3",
            "policy.maxNewTokens=12",
            "policy.temperature=1.5",
            "loop.rounds=1",
            "loop.contextsPerRound=1",
            "loop.editsPerContext=2",
            "loop.maxResamples=0",
            "evaluate.contexts=2")) {
      line.add("--set=" + set);
    }
    line.addAll(List.of(more));
    return said(expected, line);
  }

  String said(int expected, List<String> line) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    int code =
        new Seal(
                new Experiments(List.of(new StudyExperiment())),
                Optional.of(RecipeHome.at(temp.resolve("home"), "squad-smollm")),
                (again, environment) -> 99)
            .run(line, writer, writer);
    String said = out.toString().replaceAll("\\s+", " ");
    assertThat(code).as(said).isEqualTo(expected);
    return said;
  }
}
