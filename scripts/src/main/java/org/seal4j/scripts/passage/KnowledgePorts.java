package org.seal4j.scripts.passage;

import org.seal4j.rl.Executor;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.PolicyStore;
import org.seal4j.rl.Progress;
import org.seal4j.rl.inner.AdapterLearner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.passage.ProxyExecutor;

/** What a loop on passages works with. */
final class KnowledgePorts {
  private KnowledgePorts() {}

  /**
   * The ports that a recipe asks for.
   *
   * @param executor trains and asks
   * @param rewards does so for the edits of rounds, where the recipe rewards them so
   */
  static LoopPorts<PassageContext, KnowledgeEdit> of(
      KnowledgeConfig config,
      KnowledgeInputs inputs,
      Executor<PassageContext, KnowledgeEdit> executor,
      Executor<PassageContext, KnowledgeEdit> rewards,
      PolicyStore store,
      Journal journal,
      Progress progress) {
    return new LoopPorts<>(
        new ModelPolicy<>(inputs.model(), inputs.domain(), config.policy().sampling()),
        inputs.domain().format(),
        executor,
        switch (config.loop().reward()) {
          case TRAINED -> rewards;
          case PROXY -> new ProxyExecutor(config.adapt().texts());
        },
        new AdapterLearner<>(inputs.model(), inputs.domain(), config.learn().learner()),
        store,
        journal.edits(),
        journal.learning(),
        progress);
  }
}
