package org.seal4j.rl.study;

import org.seal4j.data.squad.Passage;

/**
 * The prompt of a model that reads: a passage of our own with questions and short answers, then the
 * passage that it is about. Plain text, also for chat models: a small one goes on with short
 * answers here, and with whole sentences where it is asked in a conversation. On 35 questions of
 * SQuAD about four passages SmolLM2-135M-Instruct reaches an F1 of .39 with this prompt and of .20
 * with the best of five conversations, token recall .46 and .49.
 */
final class ReadingExample {
  private static final String TEXT =
      """
      Context: Kestrel Bridge
      Kestrel Bridge crosses the river Orne near Halden. It was built from 1887 to 1889 by the \
      engineer Clara Voss, since the old ferry had sunk in a flood. The bridge is 212 metres long \
      and carries a road, a tramway and a footpath.

      Question: Who built Kestrel Bridge?
      Answer: Clara Voss

      Question: How long is Kestrel Bridge?
      Answer: 212 metres

      Question: Why was Kestrel Bridge built?
      Answer: the old ferry had sunk in a flood

      Question: What does Kestrel Bridge carry?
      Answer: a road, a tramway and a footpath

      """;

  private ReadingExample() {}

  /** Up to the passage's first question. */
  static String before(Passage passage) {
    return TEXT + "Context: %s\n%s\n\n".formatted(passage.title(), passage.context());
  }
}
