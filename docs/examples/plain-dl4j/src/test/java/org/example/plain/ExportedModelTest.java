package org.example.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExportedModelTest {
  private static final File TINY = new File("src/test/resources/tiny.sd");
  private static final int[] IDS = {1, 7, 2, 9, 4};

  @Test
  void the_logits_are_those_that_seal4j_computed() throws Exception {
    INDArray logits = new ExportedModel(TINY).logits(IDS);
    List<String> expected = Files.readAllLines(Path.of("src/test/resources/tiny-logits.txt"));
    for (int row = 0; row < IDS.length; row++) {
      String[] cells = expected.get(row).split(" ");
      for (int v = 0; v < cells.length; v++) {
        assertEquals(Double.parseDouble(cells[v]), logits.getDouble(row, v), 1e-4);
      }
    }
  }

  @Test
  void a_step_lowers_the_loss_and_moves_the_adapter_alone() {
    ExportedModel model = new ExportedModel(TINY);
    double before = model.train(0.5, IDS);
    double after = 0;
    for (int i = 0; i < 5; i++) {
      after = model.train(0.5, IDS);
    }
    assertTrue(after < before - 0.1, before + " -> " + after);
  }
}
