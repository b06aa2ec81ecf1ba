package org.seal4j.data.squad;

import java.util.List;
import org.seal4j.data.file.ContentHash;

/**
 * The content hash of a list of passages, for manifests: equal exactly where ids, titles, texts,
 * questions and order are equal, whatever file or generator they came from.
 */
public final class PassageHash {
  private PassageHash() {}

  /**
   * SHA-256 in lower-case hex of the passages' frozen texts. The words in them never change, so
   * that a run that was made earlier can be held against one made now.
   */
  public static String sha256(List<Passage> passages) {
    return ContentHash.ofTexts(passages.stream().map(PassageHash::text).toList());
  }

  private static String text(Passage passage) {
    return "Passage[id=%s, title=%s, context=%s, questions=%s]"
        .formatted(
            passage.id(),
            passage.title(),
            passage.context(),
            passage.questions().stream().map(PassageHash::text).toList());
  }

  private static String text(Question question) {
    return "Question[id=%s, text=%s, answers=%s, impossible=%s]"
        .formatted(question.id(), question.text(), question.answers(), question.impossible());
  }
}
