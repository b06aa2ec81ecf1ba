package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** PEFT adapters of other makers: F12 and those of F24. */
final class AdapterCases {
  private static final String WEIGHTS = "adapter_model.safetensors";

  private final CasesTest.Room room;

  private AdapterCases(CasesTest.Room room) {
    this.room = room;
  }

  static void addTo(CasesTest.Room room) {
    AdapterCases cases = new AdapterCases(room);
    cases.patterns();
    cases.messages();
  }

  private void patterns() {
    CasesTest.Group group = room.group("F12-alpha-pattern-unmatched");
    String[][] keys = {
      {"p_caret", "^q_proj"},
      {"p_typo", "q_porj"},
      {"p_alphabase", "base_model.model.model.layers.0.self_attn.q_proj"}
    };
    for (String[] key : keys) {
      group.test(
          key[0] + ": the key that fits no module is named",
          () -> {
            Product.Said said = perplexity(group, group.folder.resolve(key[0]));
            if (said.exitCode() != 0) {
              said.refused();
            }
            assertThat(said.text()).contains(key[1]);
          });
    }
    group.end();
  }

  private Product.Said perplexity(CasesTest.Group group, Path adapter) {
    Path text = Cases.write(group.temp.resolve("tom.txt"), "Tom had a dog");
    return room.product.run(
        "eval", "perplexity", "--model=" + Cases.model(), "--adapter=" + adapter, "--text=" + text);
  }

  private void messages() {
    CasesTest.Group group = room.group("F24-messages-without-file adapter");
    group
        .test("an alpha of 0 is read as PEFT reads it", () -> withWeights(group, "p_alpha0").done())
        .test("one match is enough", () -> withWeights(group, "p_extra_names").done())
        .test(
            "an expression of Python is read, or refused with file and key",
            () -> {
              Product.Said said = withWeights(group, "p_regex_py");
              if (said.exitCode() != 0) {
                said.refused("adapter_config.json", "target_modules");
              }
            })
        .end();
  }

  /** The case's config beside the weights of a case with the same modules. */
  private Product.Said withWeights(CasesTest.Group group, String name) {
    Path adapter = Cases.copy(group.folder.resolve(name), group.temp.resolve(name));
    Path weights = room.cases.resolve("F12-alpha-pattern-unmatched/p_caret").resolve(WEIGHTS);
    Cases.copyFile(weights, adapter.resolve(WEIGHTS));
    return perplexity(group, adapter);
  }
}
