package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.model.weights.WeightsFile;
import picocli.CommandLine.Model.CommandSpec;

/**
 * An adapter that is written alone, in another form.
 *
 * @param spec of the command, for warnings
 * @param model the base: its sizes, and its tokenizer for a folder
 * @param adapter to be written
 */
record AdapterExport(CommandSpec spec, Path model, Path adapter) {

  /** Writes a file of llama.cpp. */
  void gguf(@Nullable GgufType type, Path out) {
    read((read, tokenizer) -> read.saveGguf(type == null ? GgufType.F32 : type, out));
  }

  /** Writes a folder of PEFT, with the base's tokenizer and chat template. */
  void peft(Path out) {
    read(
        (read, tokenizer) -> {
          tokenizer.accept(out);
          read.save(out);
        });
  }

  private void read(BiConsumer<PeftAdapter, Consumer<Path>> writer) {
    if (model.toString().endsWith(".safetensors") && ModelFolder.describes(model).isEmpty()) {
      try (PeftAdapter read = PeftAdapter.load(adapter, WeightsFile.config(model))) {
        ModelOptions.warn(spec, read.warnings());
        writer.accept(read, folder -> {});
      }
      return;
    }
    try (ModelFolder base = ModelFolder.load(model);
        PeftAdapter read = PeftAdapter.load(adapter, base.config())) {
      ModelOptions.warn(spec, read.warnings(base.weights()));
      writer.accept(read, base::saveTokenizer);
    }
  }
}
