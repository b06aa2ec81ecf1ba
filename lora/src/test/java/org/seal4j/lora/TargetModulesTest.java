package org.seal4j.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.model.ModelConfig;

class TargetModulesTest {
  private static final ModelConfig MODEL = TinyModels.CONFIG;

  @Test
  void all_linear_is_every_linear_but_the_head() {
    Map<String, long[]> all = TargetModules.allLinear().resolve(MODEL);
    assertThat(all).hasSize(14).doesNotContainKey("lm_head");
    assertThat(all.keySet().iterator().next()).isEqualTo("model.layers.0.self_attn.q_proj");
    assertThat(all.get("model.layers.1.self_attn.k_proj")).containsExactly(12, 12);
    assertThat(all.get("model.layers.1.mlp.down_proj")).containsExactly(12, 19);
  }

  @Test
  void the_head_can_be_added() {
    Map<String, long[]> all = TargetModules.allLinearAndHead().resolve(MODEL);
    assertThat(all).hasSize(15);
    assertThat(all.get("lm_head")).containsExactly(13, 12);
  }

  @Test
  void a_list_matches_whole_names_and_their_ends_in_the_order_of_the_forward_pass() {
    assertThat(new TargetModules("v_proj , q_proj,lm_head").resolve(MODEL).keySet())
        .containsExactly(
            "model.layers.0.self_attn.q_proj",
            "model.layers.0.self_attn.v_proj",
            "model.layers.1.self_attn.q_proj",
            "model.layers.1.self_attn.v_proj",
            "lm_head");
    assertThat(new TargetModules("model.layers.1.mlp.up_proj").resolve(MODEL).keySet())
        .containsExactly("model.layers.1.mlp.up_proj");
    assertThat(new TargetModules("mlp.up_proj").resolve(MODEL)).hasSize(2);
  }

  @Test
  void the_last_layers_alone_can_be_chosen_from_every_other_form() {
    TargetModules last = new TargetModules("last 1: all-linear+head");
    assertThat(last.resolve(MODEL)).hasSize(8).containsKey("lm_head");
    assertThat(last.resolve(MODEL).keySet().iterator().next())
        .isEqualTo("model.layers.1.self_attn.q_proj");
    assertThat(new TargetModules("last 2:v_proj").resolve(MODEL)).hasSize(2);
    for (String part : List.of("last third: v_proj", "last half:v_proj")) {
      assertThat(new TargetModules(part).resolve(MODEL)).hasSize(1);
    }
    assertThat(new TargetModules("last 1: regex:.*mlp.*").resolve(MODEL)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last 0: all-linear",
        "last 3: all-linear",
        "last 1: ",
        "last 1: nope",
        "last quarter: all-linear"
      })
  void last_layers_that_the_model_does_not_have_are_refused(String spec) {
    assertThatThrownBy(() -> new TargetModules(spec).resolve(MODEL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("targetModules");
  }

  @Test
  void layers_below_the_first_adapter_are_frozen() {
    assertThat(TargetModules.allLinear().frozenLayers(MODEL)).isZero();
    assertThat(new TargetModules("last 1: all-linear").frozenLayers(MODEL)).isEqualTo(1);
    assertThat(new TargetModules("lm_head").frozenLayers(MODEL)).isEqualTo(2);
  }

  @Test
  void a_regex_must_match_the_whole_name() {
    assertThat(new TargetModules("regex:.*\\.1\\.mlp\\..*").resolve(MODEL)).hasSize(3);
    assertThatThrownBy(() -> new TargetModules("regex:q_proj").resolve(MODEL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("matches no module");
  }

  @Test
  void a_name_without_a_module_is_refused_by_name_though_others_match() {
    assertThatThrownBy(() -> new TargetModules("q_proj,query,proj").resolve(MODEL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("[query, proj]")
        .hasMessageContaining("model.layers.0.self_attn.q_proj");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "q_proj,", ",q_proj", "q_proj,,v_proj"})
  void an_empty_name_is_refused(String spec) {
    assertThatThrownBy(() -> new TargetModules(spec).resolve(MODEL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("targetModules");
  }

  @Test
  void a_broken_regex_is_refused_when_it_is_read() {
    assertThatThrownBy(() -> new TargetModules("regex:("))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'regex:(' is no regular expression");
  }

  @Test
  void its_json_form_is_the_text() {
    TargetModules modules = new TargetModules("q_proj,v_proj");
    assertThat(Json.pretty(modules).strip()).isEqualTo("\"q_proj,v_proj\"");
    assertThat(Json.parse("\"q_proj,v_proj\"", TargetModules.class, "test")).isEqualTo(modules);
  }
}
