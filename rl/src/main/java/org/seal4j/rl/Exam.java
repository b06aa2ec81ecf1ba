package org.seal4j.rl;

import java.util.List;
import java.util.function.Function;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.generate.Prompt;

/**
 * The examination of a model on one context.
 *
 * @param prompts what is asked; who examines chooses the adapter
 * @param golds the expected answers behind their prompts, with loss weights on the answers alone:
 *     their negative log-likelihood is the dense reward; may be empty
 * @param truth the expected answers as text, for the journal
 * @param grader grades the answers, given as token ids in the order of the prompts
 */
public record Exam(
    List<Prompt> prompts,
    List<TokenSequence> golds,
    String truth,
    Function<List<int[]>, Grade> grader) {
  public Exam {
    prompts = List.copyOf(prompts);
    golds = List.copyOf(golds);
  }

  /** Grades the answers, one per prompt. */
  public Grade grade(List<int[]> answers) {
    return grader.apply(answers);
  }
}
