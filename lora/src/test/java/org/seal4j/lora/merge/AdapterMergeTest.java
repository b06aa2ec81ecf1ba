package org.seal4j.lora.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.lora.merge.AdapterMerge.Part;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;

/** Laws of merging. */
class AdapterMergeTest {
  private static final LoraConfig LORA =
      new LoraConfig(3, 6, false, TargetModules.allLinearAndHead());
  private static final Denoising OUTSIDE = new Denoising(0.5, 0.25, Denoising.Kept.OUTSIDE);

  private final Seeds seeds = TestSeeds.of("merge", 2);
  private final Weights weights = TinyModels.weights(1);
  private final AdapterBank bank = TinyModels.noisyBank(3, LORA, seeds.child("bank"));

  @AfterEach
  void close() {
    weights.close();
    bank.close();
  }

  private static AdapterMerge by(String method) {
    return AdapterMerge.by(MergeMethods.named(method));
  }

  private static AdapterMerge ofRank(String method, int rank) {
    return new AdapterMerge(MergeMethods.named(method), OptionalInt.of(rank), Optional.empty());
  }

  private AdapterMerge denoised(String method, Denoising rule) {
    return new AdapterMerge(
        MergeMethods.named(method), OptionalInt.empty(), Optional.of(Denoiser.once(rule, weights)));
  }

  private Part part(int adapter, double weight) {
    return new Part(bank, adapter, weight);
  }

  private float[] logits(AdapterBank one) {
    return TinyModels.logits(weights, TinyModels.single(one, 0));
  }

  private float[] together(Part... parts) {
    MergedAdapter[] merged = new MergedAdapter[parts.length];
    for (int i = 0; i < parts.length; i++) {
      merged[i] = Merge.merge(weights, parts[i].bank(), parts[i].adapter(), parts[i].weight());
    }
    float[] logits = TinyModels.logits(weights, null);
    for (int i = parts.length - 1; i >= 0; i--) {
      merged[i].unmerge();
    }
    return logits;
  }

  private static double norm(INDArray array) {
    Tensor x = Tensors.of(array);
    double squares = 0;
    for (int i = 0; i < x.length(); i++) {
      squares += (double) x.f().get(i) * x.f().get(i);
    }
    return Math.sqrt(squares);
  }

  @Test
  void one_adapter_with_weight_1_is_itself_bit_by_bit() {
    try (AdapterBank merged = by("linear").adapter(weights, List.of(part(1, 1)))) {
      assertThat(TinyModels.bytes(TinyModels.single(merged, 0)))
          .isEqualTo(TinyModels.bytes(TinyModels.single(bank, 1)));
      assertThat(merged.config().scaling()).isEqualTo(LORA.scaling());
      assertThat(merged.config().targetModules()).isEqualTo(LORA.targetModules());
    }
  }

  @Test
  void the_sum_of_adapters_is_that_of_merging_them_one_after_the_other() {
    Part[] parts = {part(0, 0.5), part(1, -0.3), part(2, 1.25)};
    float[] expected = together(parts);
    float[] alone = TinyModels.logits(weights, null);
    assertThat(TinyModels.largestDifference(expected, alone)).isGreaterThan(0.1);
    try (AdapterBank merged = by("linear").adapter(weights, List.of(parts))) {
      assertThat(merged.config().rank()).isEqualTo(9);
      assertThat(TinyModels.largestDifference(logits(merged), expected)).isLessThan(2e-5);
    }
    MergedAdapter into = by("linear").into(weights, List.of(parts));
    assertThat(TinyModels.largestDifference(TinyModels.logits(weights, null), expected))
        .isLessThan(2e-5);
    into.unmerge();
  }

  @Test
  void the_order_of_the_adapters_changes_rounding_alone() {
    for (String method : List.of("linear", "svd")) {
      try (AdapterBank one = by(method).adapter(weights, List.of(part(0, 0.7), part(2, 0.4)));
          AdapterBank other = by(method).adapter(weights, List.of(part(2, 0.4), part(0, 0.7)))) {
        assertThat(TinyModels.largestDifference(logits(one), logits(other))).isLessThan(2e-5);
      }
    }
    MergedAdapter one = by("norm-anchored").into(weights, List.of(part(0, 0.7), part(2, 0.4)));
    float[] first = TinyModels.logits(weights, null);
    one.unmerge();
    MergedAdapter other = by("norm-anchored").into(weights, List.of(part(2, 0.4), part(0, 0.7)));
    assertThat(TinyModels.largestDifference(TinyModels.logits(weights, null), first))
        .isLessThan(2e-5);
    other.close();
  }

  @Test
  void undoing_a_merge_gives_back_every_bit() {
    String before = weights.sha256();
    List<AdapterMerge> merges =
        List.of(
            by("linear"),
            ofRank("linear", 2),
            by("svd"),
            by("norm-anchored"),
            denoised("norm-anchored", OUTSIDE));
    for (AdapterMerge merge : merges) {
      MergedAdapter merged = merge.into(weights, List.of(part(0, 1), part(1, 0.5)));
      assertThat(weights.sha256()).isNotEqualTo(before);
      merged.unmerge();
      assertThat(weights.sha256()).isEqualTo(before);
    }
  }

  @Test
  void an_SVD_of_full_rank_is_the_sum_and_a_smaller_one_is_the_best_of_its_rank() {
    List<Part> parts = List.of(part(0, 1), part(1, 0.5));
    float[] expected = together(parts.toArray(Part[]::new));
    try (AdapterBank full = ofRank("svd", 6).adapter(weights, parts);
        AdapterBank usual = by("svd").adapter(weights, parts);
        AdapterBank cut = ofRank("linear", 2).adapter(weights, parts)) {
      assertThat(TinyModels.largestDifference(logits(full), expected)).isLessThan(2e-5);
      assertThat(usual.config().rank()).isEqualTo(3);
      assertThat(cut.config().rank()).isEqualTo(2);
      for (String module : bank.factors().keySet()) {
        LowRankUpdate sum = LowRankUpdate.of(full, module, 0);
        double of3 = SingularTripletsTest.distance(LowRankUpdate.of(usual, module, 0), sum);
        double of2 = SingularTripletsTest.distance(LowRankUpdate.of(cut, module, 0), sum);
        double dropped =
            Math.sqrt(
                sum.svd().all().stream().skip(2).mapToDouble(t -> t.value() * t.value()).sum());
        assertThat(of3).isLessThan(of2).isGreaterThan(0);
        assertThat(of2).isCloseTo(dropped, offset(1e-5 * dropped));
      }
    }
  }

  @Test
  void a_norm_anchored_merge_keeps_the_norm_of_every_weight_and_turns_it_as_the_sum_does() {
    List<Part> parts = List.of(part(0, 1), part(1, 0.5));
    try (Weights before = weights.copy();
        Weights sum = weights.copy()) {
      by("linear").into(sum, parts).close();
      by("norm-anchored").into(weights, parts).close();
      for (String module : bank.factors().keySet()) {
        INDArray old = before.get(module + ".weight");
        INDArray now = weights.get(module + ".weight");
        INDArray added = sum.get(module + ".weight");
        assertThat(norm(now)).isCloseTo(norm(old), offset(1e-6 * norm(old)));
        assertThat(norm(added) / norm(old)).isGreaterThan(1.001);
        double shrink = norm(old) / norm(added);
        assertThat(now.getDouble(3, 4)).isCloseTo(shrink * added.getDouble(3, 4), offset(1e-6));
      }
      assertThat(weights.get("model.norm.weight")).isEqualTo(before.get("model.norm.weight"));
    }
  }

  @Test
  void a_hundred_merges_grow_the_norm_unless_it_is_anchored() {
    String name = "model.layers.0.self_attn.q_proj.weight";
    double before = norm(weights.get(name));
    try (Weights plain = weights.copy()) {
      for (int i = 0; i < 100; i++) {
        by("linear").into(plain, List.of(part(i % 3, 0.2))).close();
        by("norm-anchored").into(weights, List.of(part(i % 3, 0.2))).close();
      }
      assertThat(norm(plain.get(name))).isGreaterThan(2 * before);
      assertThat(norm(weights.get(name))).isCloseTo(before, offset(1e-5 * before));
    }
  }

  @Test
  void a_denoising_that_keeps_all_changes_no_bit() {
    Denoising all = new Denoising(1, 0.25, Denoising.Kept.OUTSIDE);
    Denoising inside = new Denoising(0, 0.25, Denoising.Kept.INSIDE);
    for (Denoising rule : List.of(all, inside)) {
      try (AdapterBank merged = denoised("linear", rule).adapter(weights, List.of(part(1, 1)))) {
        assertThat(TinyModels.bytes(TinyModels.single(merged, 0)))
            .isEqualTo(TinyModels.bytes(TinyModels.single(bank, 1)));
      }
    }
  }

  @Test
  void what_is_outside_and_what_is_inside_are_the_whole_adapter() {
    Denoiser outside = Denoiser.keeping(OUTSIDE, weights);
    Denoiser inside = Denoiser.once(new Denoising(0.5, 0.25, Denoising.Kept.INSIDE), weights);
    int dropped = 0;
    for (String module : bank.factors().keySet()) {
      LowRankUpdate whole = LowRankUpdate.of(bank, module, 0);
      LowRankUpdate one = outside.denoised(module, whole);
      LowRankUpdate other = inside.denoised(module, whole);
      assertThat(one.rank() + other.rank()).as(module).isEqualTo(3);
      dropped += other.rank();
      assertThat(SingularTripletsTest.distance(LowRankUpdate.sum(List.of(one, other)), whole))
          .isLessThan(1e-10);
    }
    assertThat(dropped).isBetween(1, 3 * bank.factors().size() - 1);
    assertThat(outside.tally().components()).isEqualTo(3 * bank.factors().size());
    assertThat(outside.tally().dropped()).isEqualTo(dropped);
    assertThat(outside.tally().keptShare() + inside.tally().keptShare())
        .isCloseTo(1, offset(1e-10))
        .isNotEqualTo(outside.tally().keptShare());
  }

  @Test
  void denoising_twice_is_denoising_once() {
    try (AdapterBank once = denoised("linear", OUTSIDE).adapter(weights, List.of(part(0, 1)));
        AdapterBank twice =
            denoised("linear", OUTSIDE).adapter(weights, List.of(new Part(once, 0, 1)))) {
      assertThat(TinyModels.largestDifference(logits(once), logits(twice))).isLessThan(1e-5);
      float[] whole = together(part(0, 1));
      assertThat(TinyModels.largestDifference(logits(once), whole)).isGreaterThan(0.01);
    }
  }

  @Test
  void adapters_of_other_modules_and_ranks_are_merged_too() {
    LoraConfig other = new LoraConfig(2, 2, true, new TargetModules("q_proj,down_proj"));
    LoraConfig few = new LoraConfig(1, 3, false, new TargetModules("last 1: v_proj"));
    try (AdapterBank two = TinyModels.noisyBank(1, other, seeds.child("two"));
        AdapterBank three = TinyModels.noisyBank(1, few, seeds.child("three"))) {
      Part[] parts = {new Part(two, 0, 1), new Part(three, 0, 0.5)};
      float[] expected = together(parts);
      try (AdapterBank merged = by("linear").adapter(weights, List.of(parts))) {
        assertThat(merged.factors()).hasSize(2 * 2 + 1);
        assertThat(merged.config().rank()).isEqualTo(2);
        assertThat(TinyModels.largestDifference(logits(merged), expected)).isLessThan(2e-5);
      }
    }
  }

  @Test
  void an_adapter_of_a_tied_head_is_merged_into_an_adapter_but_not_into_weights() {
    try (Weights tied = TinyModels.tiedWeights(1);
        AdapterBank merged =
            denoised("linear", OUTSIDE).adapter(tied, List.of(part(0, 1), part(1, 1)))) {
      assertThat(merged.targets("lm_head")).isTrue();
      String before = tied.sha256();
      assertThatThrownBy(() -> by("linear").into(tied, List.of(part(0, 1))))
          .hasMessageContaining("tied head");
      assertThat(tied.sha256()).isEqualTo(before);
    }
  }

  @Test
  void what_cannot_be_merged_is_refused_with_the_reason() {
    assertThatThrownBy(() -> by("norm-anchored").adapter(weights, List.of(part(0, 1))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("makes weights, no adapter");
    assertThatThrownBy(() -> by("linear").adapter(weights, List.of()))
        .hasMessageContaining("at least one adapter");
    assertThatThrownBy(() -> by("average"))
        .hasMessageContaining(
            "no method of merging 'average'; there are linear, norm-anchored, svd");
    assertThatThrownBy(() -> part(0, Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> part(3, 1)).hasMessageContaining("no adapter 3");
    assertThatThrownBy(() -> ofRank("svd", 0)).hasMessageContaining(">= 1 but was 0");
    assertThatThrownBy(() -> new Denoising(1.5, 0.1, Denoising.Kept.OUTSIDE))
        .hasMessageContaining("[0, 1] but was 1.5");
    Denoising nothing = new Denoising(0, 1, Denoising.Kept.OUTSIDE);
    assertThatThrownBy(() -> denoised("svd", nothing).adapter(weights, List.of(part(0, 1))))
        .hasMessageContaining("nothing is left");
    bank.factors().get("lm_head").b().putScalar(new long[] {1, 2, 3}, Float.NaN);
    String before = weights.sha256();
    for (String method : List.of("linear", "svd")) {
      assertThatThrownBy(() -> by(method).adapter(weights, List.of(part(1, 1))))
          .hasMessageContaining("not finite at lm_head");
    }
    assertThatThrownBy(() -> by("linear").into(weights, List.of(part(1, 1))))
        .hasMessageContaining("not finite at lm_head");
    assertThat(weights.sha256()).isEqualTo(before);
  }

  @Test
  void only_a_whole_sum_is_called_exact() {
    List<Part> parts = List.of(part(0, 1), part(1, 1));
    assertThat(by("linear").isExact(parts)).isTrue();
    assertThat(ofRank("linear", 6).isExact(parts)).isTrue();
    assertThat(ofRank("linear", 5).isExact(parts)).isFalse();
    assertThat(by("svd").isExact(parts)).isFalse();
    assertThat(denoised("linear", OUTSIDE).isExact(parts)).isFalse();
  }
}
