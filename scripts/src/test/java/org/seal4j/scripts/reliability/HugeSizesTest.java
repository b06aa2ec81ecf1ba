package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes that no machine has room for are refused before work begins, with estimate and limit. */
class HugeSizesTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "arc-quick, inner.lora.rank=1000000000",
    "arc-quick, learn.lora.rank=2147483647",
    "arc-quick, inner.groups.size=1000000000",
    "arc-quick, inner.groups.timeMultiple=2147483647",
    "arc-quick, inner.batch=2147483647",
    "arc-quick, pretrain.batch=10000000",
    "arc-quick, data.maxHeight=100000000",
    "arc-quick, pretrain.steps=9000000000000000000",
    "squad-quick, mixture.passages=10000000",
    "squad-quick, mixture.copyLists=10000000",
    "squad-quick, mixture.passageTokens=100000000",
    "cpt-quick, inner.batch=1000000000",
    "continual-quick, inner.lora.rank=1000000000",
    "cpt-quick, training.steps=1000000000",
    "tinystories-quick, context=100000000"
  })
  @Tag("slow")
  void a_size_that_cannot_fit_is_refused_with_estimate_and_limit(String recipe, String size) {
    Product product = Product.at(temp.resolve("home"));
    product.run("describe", recipe, "--set", size).refused("GiB", "may");
  }

  @ParameterizedTest
  @CsvSource({
    "arc-quick, data.maxHeight=2147483647, cells",
    "arc-quick, pretrain.batch=2000000000, largest array",
    "arc-quick, mixture.demonstrations=1000000000, cannot fit into sequences of 106 tokens",
    "arc-quick, data.demonstrations=2147483647, cannot fit into data.maxTokens",
    "tinystories-quick, vocabSize=1000000000, at most",
    "squad-quick, mixture.facts=2147483647, more texts than a batch can have",
    "cpt-quick, data.priorQuestions=1000000000, each needs a person of its own",
    "cpt-quick, data.priorQuestions=2147483647, each needs a person of its own",
    "continual-quick, guards.anchors=1000000000, each needs a person of its own",
    "continual-quick, guards.measured=2147483647, each needs a person of its own",
    "squad-quick, pretrain.shards=2147483647, more than a batch can have"
  })
  @Tag("slow")
  void numbers_that_multiply_beyond_an_int_are_refused(String recipe, String size, String word) {
    Product product = Product.at(temp.resolve("home"));
    product.run("describe", recipe, "--set", size).refused(word);
  }

  @ParameterizedTest
  @CsvSource({
    "arc-smoke, loop.rounds=2147483647",
    "arc-smoke, loop.contextsPerRound=2147483647",
    "arc-smoke, evaluate.contexts=1000000000",
    "squad-smoke, loop.editsPerContext=2147483647",
    "continual-smoke, sequences.count=2147483647"
  })
  @Tag("slow")
  void results_that_fit_neither_disk_nor_heap_are_refused_and_no_folder_stays(
      String recipe, String size) {
    Product product = Product.at(temp.resolve("home"));
    Path out = temp.resolve("out");
    product.run("run", recipe, "--set", size, "--out", out).refused("GiB");
    assertThat(out).doesNotExist();
  }
}
