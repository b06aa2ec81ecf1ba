package org.seal4j.data.squad;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * A passage to be learned, and what is asked about it once it is gone.
 *
 * @param id unique in its source
 * @param title of the article it comes from; several passages share one
 * @param context the text, stripped
 * @param questions asked about it, without it
 */
public record Passage(String id, String title, String context, List<Question> questions) {
  public Passage {
    Checks.require(
        !id.isBlank(), "a passage needs an id, but it was blank; its title is '%s'", title);
    Checks.require(!context.isBlank(), "passage %s ('%s') has no text", id, title);
    questions = List.copyOf(questions);
  }
}
