package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.json.Json;

/** Configs of other makers: F10, and those of F23 and F24. */
final class ModelCases {
  private final CasesTest.Room room;

  private ModelCases(CasesTest.Room room) {
    this.room = room;
  }

  static void addTo(CasesTest.Room room) {
    ModelCases cases = new ModelCases(room);
    cases.window();
    cases.json();
    cases.messages();
  }

  private void window() {
    CasesTest.Group group = room.group("F10-mistral-window");
    group
        .test(
            "an absent sliding_window is 4096, which is refused for longer texts",
            () -> {
              Path model =
                  MadeModel.withConfig(
                      group.folder.resolve("config.json"), group.temp.resolve("model"));
              String story = "Tom had a dog and a little cat. They went to the park. ";
              Path text = Cases.write(group.temp.resolve("long.txt"), story.repeat(500));
              room.product
                  .run("eval", "perplexity", "--model=" + model, "--text=" + text, "--context=8192")
                  .refused("4096");
            })
        .end();
  }

  private void json() {
    CasesTest.Group group = room.group("F23-json-jargon config");
    for (String name : List.of("config-bom", "config-nan")) {
      group.test(
          name + ".json is read",
          () -> {
            Path config = group.folder.resolve(name + ".json");
            Path model = MadeModel.withConfig(config, group.temp.resolve(name));
            room.product.run("import", model).done();
          });
    }
    group.end();
  }

  private void messages() {
    CasesTest.Group group = room.group("F24-messages-without-file config");
    Map<String, Object> bad = new TreeMap<>();
    bad.put("num_key_value_heads", 3);
    bad.put("head_dim", 5);
    bad.put("rms_norm_eps", -1);
    bad.put("rope_theta", 0);
    bad.put("rope_scaling", Map.of("type", "linear", "factor", 0));
    bad.forEach(
        (key, value) ->
            group.test(
                key + ": " + value + " is refused with file and key",
                () -> requireKeyNamed(group, key, value)));
    group
        .test("an end of text below zero is refused with file and key", () -> requireEnd(group))
        .test(
            "a value from --set is said to be from there",
            () -> {
              Product.Said said =
                  room.product
                      .run("run", "arc-smoke", "--set", "data.heldOut=7", "--out", group.temp)
                      .refused("data.heldOut", "--set");
              assertThat(said.err()).doesNotContain("arc-quick.yaml");
            })
        .end();
  }

  /** The config of the case with this key changed, and weights as for the unchanged one. */
  private void requireKeyNamed(CasesTest.Group group, String key, Object value) {
    ObjectNode whole =
        (ObjectNode) Json.read(group.folder.resolve("config-kvbad.json"), JsonNode.class);
    whole.put("num_key_value_heads", 2);
    ObjectNode bad = whole.deepCopy();
    bad.putPOJO(key, value);
    Path config = Cases.write(group.temp.resolve(key + ".json"), Json.line(bad));
    Path folder = MadeModel.withConfig(whole, config, group.temp.resolve(key));
    room.product.run("import", folder).refused(folder.resolve("config.json").toString(), key);
  }

  private void requireEnd(CasesTest.Group group) {
    Path folder = group.temp.resolve("end");
    MadeModel.withConfig(group.folder.resolve("config-eos-neg.json"), folder);
    Product.Said said = room.product.run("import", folder);
    if (said.exitCode() == 0) {
      said =
          room.product.run(
              "generate", "--model=" + folder, "--prompt=a", "--max-tokens=2", "--quiet");
    }
    said.refused("config.json", "eos_token_id");
  }
}
