package org.seal4j.rl.grid;

import org.seal4j.rl.EditFormat;
import org.seal4j.rl.ParsedEdit;

/**
 * Reads the symbols that the small policy writes, and stores edits as the JSON of docs/seal.md
 * §3.2: the two map one to one.
 */
public final class ArcEditFormat implements EditFormat<ArcContext, FewShotEdit> {
  private final EditTokens tokens;
  private final FewShotEditJson json;
  private final InnerLoopTasks tasks;
  private final long maxSteps;

  /**
   * @param maxSteps most optimizer steps that an edit may cost; more is invalid (SEAL: 375)
   */
  public ArcEditFormat(EditSchema schema, InnerLoopTasks tasks, long maxSteps) {
    this.tokens = new EditTokens(schema);
    this.json = new FewShotEditJson(schema);
    this.tasks = tasks;
    this.maxSteps = maxSteps;
  }

  @Override
  public ParsedEdit<FewShotEdit> read(ArcContext context, String raw) {
    return new StepBudget(maxSteps, edit -> tasks.steps(context, edit)).check(tokens.read(raw));
  }

  @Override
  public String write(FewShotEdit edit) {
    return json.write(edit);
  }
}
