package org.seal4j.rl.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class CacheKeyTest {
  private static final Map<String, String> PROGRAM = Map.of("classes", "c1", "jdk", "17");

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void the_key_names_what_computes() {
    assertThat(ComputedBy.here())
        .containsOnlyKeys("classes", "jdk", "nd4j", "blas", "blasKernels")
        .isEqualTo(ComputedBy.here());
    assertThat(ComputedBy.here().get("classes")).matches("[0-9a-f]{64}");
    assertThat(ComputedBy.here().get("blasKernels")).matches("[0-9a-f]{64}");
    assertThat(ComputedBy.here().get("nd4j")).matches("1\\.0\\.0-M\\d\\.1 CpuBackend");
  }

  @Test
  void every_part_counts() {
    CacheKey key = new CacheKey(List.of("seed 1", "steps 2"), PROGRAM);
    assertThat(key.hash()).isEqualTo(new CacheKey(List.of("seed 1", "steps 2"), PROGRAM).hash());
    assertThat(key.hash())
        .isNotEqualTo(new CacheKey(List.of("seed 2", "steps 2"), PROGRAM).hash())
        .isNotEqualTo(new CacheKey(List.of("seed 1"), PROGRAM).hash())
        .isNotEqualTo(new CacheKey(key.recipe(), Map.of("classes", "c2", "jdk", "17")).hash());
  }

  @Test
  void a_stored_key_of_another_model_is_refused_by_what_differs() throws IOException {
    Path file = folder.resolve("key.json");
    CacheKey key = new CacheKey(List.of("seed 1"), PROGRAM);
    key.write(file);
    key.requireSame(file);
    CacheKey other = new CacheKey(List.of("seed 2"), Map.of("classes", "c2", "jdk", "17"));
    assertThatThrownBy(() -> other.requireSame(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("names another model than its folder")
        .hasMessageContaining("recipe is 'seed 1' there but 'seed 2' here")
        .hasMessageContaining("classes is 'c1' there but 'c2' here")
        .hasMessageNotContaining("jdk");
    Files.writeString(file, Files.readString(file).replace("seed 1", "seed 2"));
    assertThatThrownBy(() -> other.requireSame(file)).hasMessageContaining("key.json is damaged");
  }

  @Test
  void classes_in_a_jar_and_in_a_folder_have_one_hash_and_a_changed_one_has_another()
      throws IOException {
    Map<String, String> classes = new TreeMap<>();
    classes.put("org/seal4j/model/Weights.class", "weights");
    classes.put("org/seal4j/model/train/Adam.class", "adam");
    classes.put("org/seal4j/model/gguf/Writer.class", "decides nothing");
    classes.put("org/seal4j/scripts/Main.class", "another module");
    String inFolder = CodeHash.ofHashes(CodeHash.of(unpacked("one", classes), "org/seal4j/model/"));
    assertThat(CodeHash.ofHashes(CodeHash.of(jar(classes), "org/seal4j/model/")))
        .isEqualTo(inFolder);
    classes.put("org/seal4j/model/gguf/Writer.class", "changed");
    assertThat(CodeHash.ofHashes(CodeHash.of(unpacked("two", classes), "org/seal4j/model/")))
        .isEqualTo(inFolder);
    classes.put("org/seal4j/model/train/Adam.class", "changed");
    assertThat(CodeHash.ofHashes(CodeHash.of(unpacked("three", classes), "org/seal4j/model/")))
        .isNotEqualTo(inFolder);
  }

  private Path unpacked(String name, Map<String, String> classes) throws IOException {
    Path root = folder.resolve(name);
    for (Map.Entry<String, String> file : classes.entrySet()) {
      Path to = root.resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.writeString(to, file.getValue());
    }
    return root;
  }

  private Path jar(Map<String, String> classes) throws IOException {
    Path file = folder.resolve("classes.jar");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> one : classes.entrySet()) {
        zip.putNextEntry(new ZipEntry(one.getKey()));
        zip.write(one.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return file;
  }
}
