package org.seal4j.rl.passage;

import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.SelfEdit;

/**
 * A self-edit of knowledge incorporation: the text that a model wrote about a passage, from which
 * {@link TrainingSequences} makes the training data of one inner loop (SEAL, docs/seal.md §2.2).
 *
 * @param text the completion exactly as written; blank means that only the passage is trained on
 */
public record KnowledgeEdit(String text) implements SelfEdit {
  private static final KnowledgeEdit NONE = new KnowledgeEdit("");

  /** No written text: the baseline that trains on the passage alone. */
  public static KnowledgeEdit none() {
    return NONE;
  }

  /**
   * What this answer means. Any text is an edit except a blank one, which a policy must not be
   * rewarded for; never throws.
   *
   * <p>Differs from SEAL: there one empty completion aborts the whole batch.
   */
  public static ParsedEdit<KnowledgeEdit> read(String answer) {
    return TextRules.strip(answer).isEmpty()
        ? new ParsedEdit.Invalid<>(
            InvalidReason.EMPTY,
            "the answer is blank; a self-edit needs at least one line of text about the passage")
        : new ParsedEdit.Valid<>(new KnowledgeEdit(answer));
  }

  /**
   * The text as journals and fine-tuning sets store it: stripped, line ends as line feeds. Makes
   * the same training sequences as {@link #text()}.
   */
  public String canonical() {
    return TextRules.strip(TextRules.LINE_END.matcher(text).replaceAll("\n"));
  }
}
