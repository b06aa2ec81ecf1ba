package org.seal4j.scripts.passage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;

class WorldMixtureKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"mixture.passageWeight=-0.5", "mixture.factWeight=-1"})
  void a_weight_below_zero_would_unlearn_what_the_texts_say(String set) {
    RecipeDraft draft =
        RecipeBook.open(Optional.of(Repository.root())).load("squad-smoke", List.of(set));
    assertThatThrownBy(() -> draft.bind(PassageKeys.class))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(set.replace("=", " must be >= 0 but was "));
  }
}
