package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.TextFile;

/**
 * What the card of a merged adapter or model says of how it was made.
 *
 * @param inputs that were merged
 * @param how method, rank and denoising, as a sentence
 * @param check what the canary found, as a sentence
 */
record MergeCard(List<MergeInputs.Input> inputs, String how, String check) {
  private static final String CARD = "README.md";

  /** Adds the section to the card of a PEFT folder. */
  void addTo(Path folder) {
    Path card = folder.resolve(CARD);
    AtomicFile.writeText(card, TextFile.read(card) + "\n" + text());
  }

  /** Writes the card of a model folder. */
  void writeTo(Path folder, String base) {
    AtomicFile.writeText(
        folder.resolve(CARD),
        "# Model with merged adapters\n\nThe base model is `%s`, in float32.\n\n".formatted(base)
            + text());
  }

  private String text() {
    StringBuilder text = new StringBuilder("## Merged adapters\n\n");
    text.append("| adapter | weight | SHA-256 of its tensors |\n|---|---|---|\n");
    for (MergeInputs.Input input : inputs) {
      text.append(
          "| %s | %s | `%s` |\n".formatted(cell(input.label()), input.factor(), input.hash()));
    }
    return text + "\n" + how + ".\n\nProof: " + check + ".\n";
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace('\n', ' ');
  }
}
