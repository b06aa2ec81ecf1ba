package org.seal4j.scripts.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seal4j.data.check.InputException;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;

/** The names and options of optimizers and schedules, of someone else's and of those built in. */
@ExtendWith(ExampleParts.class)
class OutsideNamesTest {
  @Test
  void a_name_that_no_one_offers_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> OptimizerSpec.of("sgd"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "there is no optimizer 'sgd'; there are adamw, lion, muon; to add one, put a jar on the"
                + " class path whose file"
                + " META-INF/services/org.seal4j.model.train.OptimizerFactory names its class");
    assertThatThrownBy(() -> Schedule.of("step"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "there is no schedule 'step'; there are constant, cosine, inverse-root, linear;");
  }

  @Test
  void an_option_that_is_unknown_or_out_of_range_is_refused_when_it_is_named() {
    assertThatThrownBy(() -> new OptimizerSpec("lion", Map.of("beta3", 0.9)))
        .hasMessage("the optimizer 'lion' has no option 'beta3'; it has beta1, beta2, weightDecay");
    assertThatThrownBy(() -> new OptimizerSpec("muon", Map.of("momentum", 0.9)))
        .hasMessage("the optimizer 'muon' has no option 'momentum'; it has none");
    assertThatThrownBy(() -> new OptimizerSpec("lion", Map.of("beta1", 1.0)))
        .isInstanceOf(InputException.class)
        .hasMessage("lion's beta1 must be in [0, 1) but was 1.0");
  }

  @Test
  void the_key_of_a_pretraining_names_it_with_its_options() {
    TrainConfig plain = OutsideOptimizerTest.pretraining("lion", 6);
    assertThat(plain.cacheKey()).contains(" optimizer=LION, ", " schedule=INVERSE-ROOT, ");
    OptimizerSpec options = new OptimizerSpec("lion", Map.of("beta2", 0.5, "beta1", 0.8));
    assertThat(OutsideOptimizerTest.pretraining(options, 6).cacheKey())
        .contains(" optimizer=LION{beta1=0.8, beta2=0.5}, ");
  }

  @Test
  void options_of_adamw_are_its_numbers_for_all_weights() {
    OptimizerSpec options = new OptimizerSpec("adamw", Map.of("beta2", 0.95));
    TrainConfig config = OutsideOptimizerTest.pretraining(options, 6);
    assertThat(config.optimizer()).isEqualTo(OptimizerSpec.ADAMW);
    assertThat(config.adamW()).isEqualTo(new AdamWConfig(0.9, 0.95, 1e-8, 0));
  }
}
