package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.PlainValues;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.study.PassageTexts;
import org.seal4j.rl.study.PolicyTexts;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.scripts.passage.PolicyRun;

/**
 * A policy, in memory for as long as it writes: one of a run is asked as it was there, another one
 * for implications.
 */
final class PolicyWriter implements AutoCloseable {
  private final ModelFolder policy;
  private final @Nullable PolicyTexts asThere;
  private final @Nullable PassageTexts implications;

  /**
   * Reads the policy.
   *
   * @param base the model that is adapted, of which the policy must be
   * @param form its tokens
   * @throws org.seal4j.data.check.InputException where the policy is of another model, or damaged
   */
  PolicyWriter(
      StudyPolicy source,
      ModelFolder base,
      StudyForm form,
      AdaptKeys.Study study,
      Workers workers) {
    policy = open(source, base);
    try {
      requireSame(source, base, form.tokenizer());
      PolicyRun run = source.run().orElse(null);
      if (run == null) {
        asThere = null;
        implications =
            new PassageTexts(policy.weights(), form, study.written(), study.textTokens(), workers);
      } else {
        PassageDomain domain = run.domain(form.tokenizer(), policy);
        asThere =
            new PolicyTexts(policy.weights(), domain, run.sampling(), study.written(), workers);
        implications = null;
      }
    } catch (RuntimeException e) {
      policy.close();
      throw e;
    }
  }

  private static ModelFolder open(StudyPolicy source, ModelFolder base) {
    if (source.adapter()) {
      return merged(base, source.path());
    }
    return source.run().map(PolicyRun::open).orElseGet(() -> ModelFolder.load(source.path()));
  }

  /** The model once more, with an adapter in its weights. */
  private static ModelFolder merged(ModelFolder base, Path adapter) {
    ModelFolder model = ModelFolder.load(base.source());
    try (PeftAdapter read = PeftAdapter.load(adapter, model.config());
        AdapterBank bank = read.toBank()) {
      Merge.merge(model.weights(), bank, 0).close();
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private void requireSame(StudyPolicy source, ModelFolder base, Tokenizer tokenizer) {
    ModelConfig own = policy.config().withRopeInterleaved(base.config().ropeInterleaved());
    List<String> differences = PlainValues.differences(Json.toMap(own), Json.toMap(base.config()));
    Checks.require(
        differences.isEmpty(),
        "study.method: the policy %s is of another model than %s, which is to be adapted (%s); name"
            + " a policy that was trained from this model",
        source.named(),
        base.source(),
        differences.stream().limit(4).collect(Collectors.joining("; ")));
    Path words =
        policy
            .tokenizer()
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "study.method: the policy %s has no tokenizer, so that nothing shows whether"
                            + " it is of %s; put the model's beside it",
                        source.named(), base.source()));
    Checks.require(
        sameTokens(Tokenizers.load(words), tokenizer),
        "study.method: the policy %s has another tokenizer than %s, which is to be adapted; name a"
            + " policy that was trained from this model",
        source.named(),
        base.source());
  }

  private static boolean sameTokens(Tokenizer one, Tokenizer other) {
    if (one.vocabSize() != other.vocabSize()
        || !one.bos().equals(other.bos())
        || !one.eos().equals(other.eos())) {
      return false;
    }
    for (int id = 0; id < one.vocabSize(); id++) {
      int[] ids = {id};
      if (!one.decode(ids).equals(other.decode(ids))) {
        return false;
      }
    }
    return true;
  }

  /** Texts about one passage, none blank. */
  List<String> write(Passage passage, Seeds seeds) {
    return implications == null
        ? Checks.present(asThere, "there is no policy").write(passage, seeds)
        : implications.write(passage, StudyMethod.IMPLICATIONS.label(), seeds);
  }

  @Override
  public void close() {
    if (asThere != null) {
      asThere.close();
    }
    if (implications != null) {
      implications.close();
    }
    policy.close();
  }
}
