package org.seal4j.model.generate;

import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;

/**
 * Where the linear modules come from in a batch in which every row names its adapter: the model
 * itself, or places for adapters that come and go.
 *
 * <p>A row must be computed bit for bit as by the {@link LinearBank} of its adapter alone: written
 * row by row, read in one call of BLAS.
 */
public interface RowBank {
  /** The name of no adapter: the row is answered by the model itself. */
  int NONE = -1;

  /**
   * The linear modules of a graph that writes one token per row.
   *
   * @param adapter places of the rows' adapters, {@code [rows]} int32, {@link #NONE} for none
   */
  LinearLayer writing(Graph graph, SDVariable adapter);

  /** Another number whenever graphs that write must be made anew. */
  int writingVersion();

  /**
   * The number of the form of an adapter: adapters of one form, such as one rank, are read by the
   * same graph. A form that is given up never comes back by its number.
   *
   * @param adapter place of the adapter, or {@link #NONE}, whose form is {@link #NONE}
   */
  int readingForm(int adapter);

  /** Whether graphs of a form can still be run. */
  boolean hasForm(int form);

  /** The linear modules of a graph that reads a piece of one prompt with an adapter of a form. */
  LinearLayer reading(Graph graph, int form);

  /** Puts an adapter where the graph of its form finds it, before that is run. */
  void beforeReading(int adapter);

  /** The model itself. */
  static RowBank base(Weights weights) {
    return new RowBank() {
      @Override
      public LinearLayer writing(Graph graph, SDVariable adapter) {
        return CausalLm.baseLinear(graph, weights, name -> false, Products.rowByRow());
      }

      @Override
      public LinearLayer reading(Graph graph, int form) {
        return CausalLm.baseLinear(graph, weights, name -> false, Products.inCalls(1));
      }

      @Override
      public int writingVersion() {
        return 0;
      }

      @Override
      public int readingForm(int adapter) {
        return NONE;
      }

      @Override
      public boolean hasForm(int form) {
        return form == NONE;
      }

      @Override
      public void beforeReading(int adapter) {}
    };
  }
}
