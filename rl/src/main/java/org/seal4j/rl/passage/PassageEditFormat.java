package org.seal4j.rl.passage;

import org.seal4j.rl.EditFormat;
import org.seal4j.rl.ParsedEdit;

/** Self-edits about passages are texts; only a blank one is refused. */
public final class PassageEditFormat implements EditFormat<PassageContext, KnowledgeEdit> {
  @Override
  public ParsedEdit<KnowledgeEdit> read(PassageContext context, String raw) {
    return KnowledgeEdit.read(raw);
  }

  @Override
  public String write(KnowledgeEdit edit) {
    return edit.canonical();
  }
}
