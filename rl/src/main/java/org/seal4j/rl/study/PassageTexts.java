package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;
import org.seal4j.rl.passage.PromptKind;
import org.seal4j.rl.passage.PromptKinds;

/** Has a model write texts about a passage: what follows from it, or the same in other words. */
public final class PassageTexts implements AutoCloseable {
  private final StudyForm form;
  private final int count;
  private final Asking asking;
  private final GenerationConfig writing;

  /**
   * @param count texts of each kind
   * @param tokens longest text
   */
  public PassageTexts(Weights weights, StudyForm form, int count, int tokens, Workers workers) {
    Checks.require(count >= 1, "a passage needs at least one text but was given %d", count);
    this.form = form;
    this.count = count;
    asking = new Asking(weights, LinearBank.base(weights), workers, QuestionWriter.ROWS);
    writing = new GenerationConfig(Sampling.at(1), form.text(tokens));
  }

  /**
   * Texts about one passage, none empty.
   *
   * @param kind name of a prompt kind, {@code implications} or {@code rewrite}
   */
  public List<String> write(Passage passage, String kind, Seeds seeds) {
    PromptKind prompt = PromptKinds.builtIn().named(kind);
    List<TokenSequence> prompts = new ArrayList<>();
    List<Seeds> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(form.told(passage, prompt));
      drawn.add(seeds.child("text", i));
    }
    return asking.all(prompts, drawn, writing).stream()
        .map(made -> form.words(made.tokens()))
        .filter(text -> !text.isBlank())
        .toList();
  }

  @Override
  public void close() {
    asking.close();
  }
}
