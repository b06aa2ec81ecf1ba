package org.example.reversal;

import org.seal4j.rl.keys.EvaluateKeys;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.keys.ReinforceKeys;

/**
 * The keys of recipes of kind {@code reversal}: groups that all kinds share.
 *
 * @param model sizes of the transformer
 * @param pretrain how it is trained before the loop
 * @param policy how self-edits are sampled
 * @param inner how an adapter is trained; its learning rate is the self-edit
 * @param loop rounds, words, self-edits per word
 * @param learn how the policy learns from the selected self-edits
 * @param evaluate words that no round sees
 * @param learning whether it learns by ReST-EM, GRPO or DPO
 * @param reinforce the numbers of GRPO and DPO
 */
public record ReversalKeys(
    ModelKeys model,
    PretrainKeys pretrain,
    PolicyKeys policy,
    InnerKeys inner,
    LoopKeys loop,
    InnerKeys learn,
    EvaluateKeys evaluate,
    Learning learning,
    ReinforceKeys reinforce) {
  public ReversalKeys {
    model.requirePretrained("reversal");
    ReinforceKeys.config(learning, reinforce, learn, loop);
  }
}
