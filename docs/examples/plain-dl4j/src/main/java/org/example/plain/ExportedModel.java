package org.example.plain;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A language model in a SameDiff file, for one text of up to as many tokens as the file says. */
public final class ExportedModel {
  private final SameDiff model;
  private final int rows;

  public ExportedModel(File file) {
    model = SameDiff.load(file, false);
    rows = (int) model.getVariable("ids").getShape()[0];
  }

  /** Prints the most likely next id after the given ids: {@code ExportedModel FILE ID...}. */
  public static void main(String[] args) {
    int[] ids = new int[args.length - 1];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Integer.parseInt(args[i + 1]);
    }
    INDArray logits = new ExportedModel(new File(args[0])).logits(ids);
    System.out.println(logits.getRow(ids.length - 1).argMax().getInt(0));
  }

  /** Logits of each row; those behind the text mean nothing. */
  public INDArray logits(int... ids) {
    return model.output(inputs(ids), "logits").get("logits");
  }

  /**
   * One step of gradient descent on a text.
   *
   * @return the mean loss of its tokens before the step
   */
  public double train(double rate, int... ids) {
    List<String> trained = new ArrayList<>();
    List<String> asked = new ArrayList<>(List.of("loss"));
    for (SDVariable variable : model.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        trained.add(variable.name());
        asked.add("gradient." + variable.name());
      }
    }
    Map<String, INDArray> got = model.output(inputs(ids), asked);
    for (String name : trained) {
      model.getVariable(name).getArr().subi(got.get("gradient." + name).mul(rate));
    }
    return got.get("loss").getDouble(0);
  }

  /** What the graph reads; a loss weight of 0 leaves a token out. */
  private Map<String, INDArray> inputs(int... ids) {
    if (ids.length > rows) {
      throw new IllegalArgumentException(ids.length + " ids, but the file is for " + rows);
    }
    INDArray tokens = Nd4j.zeros(DataType.INT32, rows);
    INDArray positions = Nd4j.zeros(DataType.INT32, rows);
    INDArray targets = Nd4j.zeros(DataType.INT32, rows);
    INDArray weights = Nd4j.zeros(DataType.FLOAT, rows);
    for (int i = 0; i < rows; i++) {
      positions.putScalar(i, i);
      tokens.putScalar(i, i < ids.length ? ids[i] : 0);
      if (i + 1 < ids.length) {
        targets.putScalar(i, ids[i + 1]);
        weights.putScalar(i, 1.0 / (ids.length - 1));
      }
    }
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put("ids", tokens);
    inputs.put("positions", positions);
    inputs.put("targets", targets);
    inputs.put("loss_weights", weights);
    return inputs;
  }
}
