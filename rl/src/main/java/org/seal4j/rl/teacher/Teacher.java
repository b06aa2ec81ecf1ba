package org.seal4j.rl.teacher;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.squad.CompletedPassage;
import org.seal4j.data.squad.Passage;
import org.seal4j.rl.passage.EntiGraph;
import org.seal4j.rl.passage.PromptKind;

/**
 * Synthetic data by another model: the baseline that SEAL compares self-edits with (GPT-4.1 there,
 * docs/seal.md §2.2).
 */
public final class Teacher {
  private final ChatClient client;
  private final Sampling sampling;

  /** Lets this model write with this sampling. */
  public Teacher(ChatClient client, Sampling sampling) {
    this.client = client;
    this.sampling = sampling;
  }

  /**
   * What the model writes about a passage, several times over. A blank answer is kept: reading it
   * as a self-edit says that it is none.
   *
   * <p>Differs from SEAL: there one blank answer aborts the whole batch.
   *
   * @param kind how it is asked; the prompt is sent as one message
   * @param completions how many, at least 1
   */
  public CompletedPassage write(Passage passage, PromptKind kind, int completions) {
    Checks.require(completions >= 1, "completions must be >= 1 but were %d", completions);
    String prompt = kind.text(passage);
    List<String> written = new ArrayList<>();
    for (int i = 0; i < completions; i++) {
      written.add(client.ask(prompt, sampling).strip());
    }
    return new CompletedPassage(passage, prompt, written);
  }

  /** What the model writes about a passage by pairs and triples of its entities. */
  public CompletedPassage write(Passage passage, EntiGraph graph, Rng rng) {
    List<String> written =
        graph.write(passage, rng, prompt -> client.ask(prompt, sampling).strip());
    return new CompletedPassage(passage, graph.entityPrompt(passage), written);
  }
}
