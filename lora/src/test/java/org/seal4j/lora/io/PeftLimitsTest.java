package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seal4j.lora.io.PeftFolders.tensors;
import static org.seal4j.lora.io.PeftFolders.write;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;

/** Targets that an adapter takes away again, by the rule of PEFT 0.21. */
class PeftLimitsTest {
  @TempDir private Path folder;

  /** Writes tensors for the modules that match, with the keys of the configuration. */
  private void adapter(String keys, String modules) throws IOException {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    new TargetModules("all-linear+head")
        .resolve(TinyModels.CONFIG).keySet().stream()
            .filter(module -> module.matches("model\\.layers\\." + modules))
            .forEach(module -> ranks.put(module, 4));
    write(folder, "{" + keys + "}", tensors(TinyModels.CONFIG, ranks));
  }

  /** The keys, and an expression for the modules that PEFT gives an adapter. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "'layers_to_transform': [1]#1\\..*(q|down)_proj",
        "'layers_to_transform': 0#0\\..*(q|down)_proj",
        "'layers_to_transform': [0, 1]#.*(q|down)_proj",
        "'layers_to_transform': []#.*(q|down)_proj",
        "'layers_to_transform': [1], 'layers_pattern': 'layers'#1\\..*(q|down)_proj",
        "'layers_to_transform': [1], 'layers_pattern': ['h', 'layers']#1\\..*(q|down)_proj",
        "'layers_to_transform': [1], 'target_modules': ['model.layers.0.self_attn.q_proj', 'v_proj']"
            + "#(0.*q|1.*v)_proj",
        "'exclude_modules': ['mlp.down_proj']#.*q_proj",
        "'exclude_modules': ['model.layers.0.self_attn.q_proj']#(1.*q|.*down)_proj",
        "'exclude_modules': '.*\\\\.0\\\\..*'#1.*(q|down)_proj",
        "'exclude_modules': 'q_proj'#.*(q|down)_proj",
        "'target_modules': 'all-linear', 'exclude_modules': ['v_proj', 'up_proj']"
            + "#.*(q|k|o|gate|down)_proj",
        "'target_modules': '.*_proj', 'exclude_modules': ['mlp', 'o_proj']#.*(q|k|v|gate|up|down)_proj"
      })
  void an_adapter_has_the_modules_that_PEFT_gives_it(String keys, String modules)
      throws IOException {
    adapter(keys.replace('\'', '"'), modules);
    try (PeftAdapter adapter = PeftAdapter.load(folder, TinyModels.CONFIG)) {
      adapter.toBank().close();
      assertThat(adapter.targetModules().resolve(TinyModels.CONFIG).keySet())
          .allMatch(module -> module.matches("model\\.layers\\." + modules));
      adapter.save(folder.resolve("again"));
    }
    try (PeftAdapter again = PeftAdapter.load(folder.resolve("again"), TinyModels.CONFIG)) {
      assertThat(again.parameterCount()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "'layers_to_transform': [1], 'target_modules': '.*q_proj'#goes with a list of target_modules",
        "'layers_to_transform': [1], 'target_modules': 'all-linear'#goes with a list",
        "'layers_to_transform': [7]#matches no module of the model",
        "'layers_to_transform': [1], 'layers_pattern': 'h'#matches no module of the model",
        "'layers_to_transform': [1], 'layers_pattern': 'a|b'#only names are read",
        "'layers_pattern': 'layers'#only beside layers_to_transform",
        "'layers_to_transform': ['1']#must be the number of a layer",
        "'exclude_modules': '('#exclude_modules"
      })
  void what_fits_nothing_or_is_not_read_is_refused_by_name(String keys, String message)
      throws IOException {
    adapter(keys.replace('\'', '"'), "1.*q_proj");
    assertThatThrownBy(() -> PeftAdapter.load(folder, TinyModels.CONFIG).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder.resolve("adapter_config.json").toString())
        .hasMessageContaining(message);
  }

  @Test
  void an_adapter_without_such_keys_has_no_limits() {
    assertThat(PeftLimits.none().hasLayer("lm_head")).isTrue();
    assertThat(PeftLimits.none().areNone()).isTrue();
  }
}
