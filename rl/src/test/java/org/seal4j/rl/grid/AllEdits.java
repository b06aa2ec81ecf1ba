package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;

/** Enumerates a finite schema by brute force, independently of {@link EditTokens}. */
final class AllEdits {
  private AllEdits() {}

  static List<FewShotEdit> of(EditSchema schema) {
    List<FewShotEdit> edits = new ArrayList<>();
    for (int mask = 0; mask < 1 << schema.tools().size(); mask++) {
      List<Tool> on = new ArrayList<>();
      for (int bit = 0; bit < schema.tools().size(); bit++) {
        if ((mask >> bit & 1) == 1) {
          on.add(schema.tools().get(bit));
        }
      }
      for (Strategy strategy : schema.strategies()) {
        for (double rate : schema.learningRates()) {
          for (int epochs : schema.epochChoices()) {
            edits.add(new FewShotEdit(EditSchema.flags(on), strategy, rate, epochs));
          }
        }
      }
    }
    return edits;
  }
}
