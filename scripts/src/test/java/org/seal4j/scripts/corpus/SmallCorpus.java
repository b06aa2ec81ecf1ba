package org.seal4j.scripts.corpus;

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

/** The recipe corpus-smollm in a small form, with a random model and fourteen passages. */
final class SmallCorpus {
  /** One of each kind of method. */
  static final String METHODS =
      "methods=[base, in context, retrieval bm25, retrieval both top 3, own adapter, routed both,"
          + " routed states top 2 without gate, one for all on texts, one for all on the course,"
          + " merged linear, merged svd, merged norm-anchored, merged linear denoised,"
          + " in sequence, in sequence with replay, in sequence with replay and anchor norm-anchored,"
          + " in sequence with ewc denoised]";

  private final Path temp;
  final Path model;
  private final Path passages;

  SmallCorpus(Path temp) throws IOException {
    this.temp = temp;
    model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    String[] trees = {"oak", "elm", "ash", "fir", "yew", "lime", "plum"};
    StringBuilder articles = new StringBuilder("{\"version\": \"1.1\", \"data\": [");
    for (int i = 0; i < trees.length; i++) {
      articles.append(i == 0 ? "" : ", ");
      articles.append("{\"title\": \"The %s\", \"paragraphs\": [".formatted(trees[i]));
      for (int k = 0; k < 2; k++) {
        String text = "The %s of hill %d was planted in 19%d%d.".formatted(trees[i], k, i, k);
        articles.append(k == 0 ? "" : ", ");
        articles.append(
            """
            {"context": "%s", "qas": [{"id": "q%d%d", "question": "When was the %s planted?", \
            "answers": [{"text": "19%d%d", "answer_start": %d}]}, {"id": "r%d%d", \
            "question": "Where is the %s?", "answers": [{"text": "hill %d", \
            "answer_start": %d}]}]}"""
                .formatted(
                    text,
                    i,
                    k,
                    trees[i],
                    i,
                    k,
                    text.indexOf("19"),
                    i,
                    k,
                    trees[i],
                    k,
                    text.indexOf("hill")));
      }
      articles.append("]}");
    }
    passages = Files.writeString(temp.resolve("passages.json"), articles.append("]}"));
  }

  /** Runs it, and returns what it said. */
  String seal(int expected, Path run, String... more) {
    List<String> line = new ArrayList<>(List.of("run", "corpus-smollm", "--out=" + run));
    line.add("--set=model.path=" + model);
    line.add("--set=data.passages=[" + passages + "]");
    for (String set :
        List.of(
            METHODS,
            "data.questions=1",
            "corpus.sizes=[2, 4]",
            "corpus.asked=3",
            "study.steps=2",
            "study.questions=2",
            "study.answerTokens=3",
            "study.likeliest=4",
            "inner.lora.rank=2",
            "together.rank=3",
            "merging.rank=3",
            "sequence={count: 2, passages: 2, guardRows: 1, anchors: 3, ewcWeight: 100}",
            "answer.maxTokens=3",
            "policy.maxNewTokens=12",
            "policy.temperature=1.5")) {
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
                new Experiments(List.of(new CorpusExperiment())),
                Optional.of(RecipeHome.at(temp.resolve("home"), "corpus-smollm")),
                (again, environment) -> 99)
            .run(line, writer, writer);
    String said = out.toString().replaceAll("\\s+", " ");
    assertThat(code).as(said).isEqualTo(expected);
    return said;
  }
}
