package org.seal4j.scripts.arc;

import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;

/** Random self-edits: every configuration that a task can afford is equally likely. */
record UniformEdits(ArcKeys recipe, EditFormat<GridContext, FewShotEdit> format) {
  private static final int DRAWS = 1000;

  EditSource<GridContext, FewShotEdit> source() {
    return EditSource.given((context, index, rng) -> draw(context, rng));
  }

  private FewShotEdit draw(GridContext context, Rng rng) {
    EditTokens tokens = new EditTokens(recipe.edit());
    for (int draw = 0; draw < DRAWS; draw++) {
      FewShotEdit edit = recipe.edit().draw(rng);
      String written = tokens.text(tokens.encode(edit));
      if (format.read(context, written) instanceof ParsedEdit.Valid<FewShotEdit>) {
        return edit;
      }
    }
    throw Checks.refuse(
        "task %s can afford none of %d random edits; raise trainingSet.maxSteps (%d)",
        context.id(), DRAWS, recipe.trainingSet().maxSteps());
  }
}
