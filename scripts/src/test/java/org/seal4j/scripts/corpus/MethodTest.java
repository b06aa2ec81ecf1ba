package org.seal4j.scripts.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.scripts.corpus.SequenceMethod.Guard;
import org.seal4j.scripts.corpus.SequenceMethod.Merging;

class MethodTest {
  @Test
  void a_name_says_what_is_done() {
    assertThat(Method.of("base")).isEqualTo(new Method.Base("base"));
    assertThat(Method.of("retrieval bm25"))
        .isEqualTo(new Method.Retrieval("retrieval bm25", RouteBy.BM25, 1));
    assertThat(Method.of("retrieval both top 3"))
        .isEqualTo(new Method.Retrieval("retrieval both top 3", RouteBy.BOTH, 3));
    assertThat(Method.of("routed states"))
        .isEqualTo(new Method.Routed("routed states", RouteBy.STATES, 1, true));
    assertThat(Method.of("routed both top 9 without gate"))
        .isEqualTo(new Method.Routed("routed both top 9 without gate", RouteBy.BOTH, 9, false));
    assertThat(Method.of("one for all on the course"))
        .isEqualTo(new Method.OneForAll("one for all on the course", Method.TrainedOn.COURSE));
    assertThat(Method.of("merged norm-anchored denoised"))
        .isEqualTo(new Method.Merged("merged norm-anchored denoised", "norm-anchored", true));
    assertThat(Method.of("in sequence"))
        .isEqualTo(new SequenceMethod("in sequence", Guard.NONE, Merging.PLAIN));
    assertThat(Method.of("in sequence with replay and anchor norm-anchored"))
        .isEqualTo(
            new SequenceMethod(
                "in sequence with replay and anchor norm-anchored",
                Guard.REPLAY_AND_ANCHOR,
                Merging.NORM_ANCHORED));
    assertThat(Method.of("in sequence with ewc denoised"))
        .isEqualTo(
            new SequenceMethod("in sequence with ewc denoised", Guard.EWC, Merging.DENOISED));
  }

  @Test
  void the_name_is_kept_as_the_label_of_its_rows() {
    for (String name : List.of("in context", "own adapter", "one for all on texts", "merged svd")) {
      assertThat(CorpusRow.label(Method.of(name), 1)).isEqualTo(name + ", 1 passage");
      assertThat(CorpusRow.label(Method.of(name), 8)).isEqualTo(name + ", 8 passages");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Base",
        "retrieval",
        "retrieval tfidf",
        "retrieval both without gate",
        "routed both top 1",
        "routed both top 10",
        "routed both top 3 without  gate",
        "merged linear denoised twice",
        "in sequence with",
        "in sequence with anchor and replay",
        "in sequence denoised norm-anchored"
      })
  void any_other_name_is_refused_with_those_there_are(String name) {
    assertThatThrownBy(() -> Method.of(name))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("methods has '" + name + "', but there are base, in context");
  }
}
