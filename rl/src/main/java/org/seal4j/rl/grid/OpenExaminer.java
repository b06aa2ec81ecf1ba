package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.PromptVariant;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.arc.Candidate;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.Grade;

/**
 * Asks for all test grids of a task as {@link GridExaminer} asks for one, and grades nothing: there
 * is no truth here. Each answer of its grades is a candidate of the vote, as a text.
 */
final class OpenExaminer implements Examiner<OpenContext> {
  private static final String NO_GRID = "-";

  private final GridExaminer grids;

  OpenExaminer(GridExaminer grids) {
    this.grids = grids;
  }

  /**
   * A candidate for one of the grids that were asked for.
   *
   * @param grid which of them, from 0
   */
  record Answer(int grid, Candidate candidate) {
    String text() {
      String written = candidate.grid().map(Grid::toString).orElse(NO_GRID);
      return grid + " " + candidate.category() + " " + written;
    }

    /** Reads {@link #text()}. */
    static Answer parse(String text) {
      String[] words = text.split(" ", -1);
      Checks.require(words.length == 3, "'%s' is no answer: a number, a transform, a grid", text);
      Optional<Grid> grid =
          words[2].equals(NO_GRID) ? Optional.empty() : Optional.of(Grid.parse(words[2]));
      return new Answer(Integer.parseInt(words[0]), new Candidate(words[1], grid));
    }
  }

  @Override
  public GenerationConfig answering() {
    return grids.answering();
  }

  /** One way to ask for one of the grids. */
  private record View(int grid, PromptVariant variant) {}

  @Override
  public Exam exam(OpenContext context, Seeds seeds) {
    List<View> views = new ArrayList<>();
    for (int i = 0; i < context.inputs().size(); i++) {
      for (PromptVariant one :
          grids.views(context.shown().pairs(), context.inputs().get(i), seeds)) {
        views.add(new View(i, one));
      }
    }
    return new Exam(
        views.stream().map(view -> grids.prompt(view.variant)).toList(),
        List.of(),
        "",
        answers -> collect(views, answers));
  }

  private Grade collect(List<View> views, List<int[]> answers) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      View view = views.get(i);
      texts.add(new Answer(view.grid, grids.candidate(view.variant, answers.get(i))).text());
    }
    return new Grade(0, texts);
  }
}
