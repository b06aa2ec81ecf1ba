package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.teacher.EndpointConfig;

class OfflineTest {
  record Answer(@Nullable EndpointConfig judge, int tokens) {}

  record Keys(Answer answer, String url) {}

  @Test
  void a_recipe_that_asks_an_endpoint_is_refused_by_the_name_of_its_key() {
    EndpointConfig judge = EndpointConfig.of("https://models.example/v1", "large", "MY_KEY");
    assertThatThrownBy(() -> Offline.require(new Keys(new Answer(judge, 3), "x")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("answer.judge asks a model at https://models.example/v1")
        .hasMessageContaining("set answer.judge to null");
    assertThatCode(
            () -> Offline.require(new Keys(new Answer(judge, 3), "x"), Set.of("answer.judge")))
        .as("asks for no more")
        .doesNotThrowAnyException();
    assertThatCode(() -> Offline.require(new Keys(new Answer(null, 3), "https://x")))
        .doesNotThrowAnyException();
  }
}
