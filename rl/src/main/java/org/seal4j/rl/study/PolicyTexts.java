package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.inner.Asking;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.TrainingSequences;

/**
 * Has a policy that reinforcement learning has trained write self-edits about a passage, asked as
 * it was trained, and makes texts of them as its inner loops did.
 */
public final class PolicyTexts implements AutoCloseable {
  private final PassageDomain domain;
  private final TrainingSequences texts;
  private final int count;
  private final Asking asking;
  private final GenerationConfig writing;

  /**
   * @param policy its weights; stay the caller's
   * @param domain how it was asked, and how its self-edits became texts
   * @param sampling how it wrote
   * @param count self-edits of each passage
   */
  public PolicyTexts(
      Weights policy, PassageDomain domain, Sampling sampling, int count, Workers workers) {
    Checks.require(count >= 1, "a passage needs at least one self-edit but was given %d", count);
    this.domain = domain;
    this.count = count;
    texts = domain.config().texts().withAddPassage(false);
    asking = new Asking(policy, LinearBank.base(policy), workers, QuestionWriter.ROWS);
    writing = new GenerationConfig(sampling, domain.stop());
  }

  /** Texts about one passage, each once, none blank, without the passage itself. */
  public List<String> write(Passage passage, Seeds seeds) {
    PassageContext context = new PassageContext(passage);
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(domain.prompt(context, seeds.child("edit", i)));
    }
    List<String> all = new ArrayList<>();
    for (Generation made : asking.prompts(prompts, writing)) {
      String raw = domain.text(made.tokens());
      if (domain.format().read(context, raw) instanceof ParsedEdit.Valid<KnowledgeEdit> valid) {
        all.addAll(texts.build(valid.edit(), passage));
      }
    }
    return all.stream().filter(text -> !text.isBlank()).distinct().toList();
  }

  @Override
  public void close() {
    asking.close();
  }
}
