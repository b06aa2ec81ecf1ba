package org.seal4j.rl.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.file.ContentHash;
import org.seal4j.model.blas.KernelChoice;

/**
 * What computes a model, as far as it decides bits: the classes of Seal4J, the Java runtime, ND4J,
 * its BLAS library and the kernels that this takes on this machine.
 */
final class ComputedBy {
  /** Rows, summed index and columns of products, as small and large layers have them. */
  private static final int[][] SIZES = {
    {1, 16, 24}, {6, 16, 16}, {76, 24, 16}, {208, 16, 91}, {52, 256, 16}, {96, 96, 96}
  };

  private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  private ComputedBy() {}

  /** By name, in a fixed order; worked out once. */
  static Map<String, String> here() {
    return Known.HERE;
  }

  private static final class Known {
    private static final Map<String, String> HERE = found();
  }

  private static Map<String, String> found() {
    KernelChoice.make();
    Map<String, String> found = new LinkedHashMap<>();
    found.put("classes", CodeHash.here());
    found.put(
        "jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
    found.put("nd4j", version() + " " + Nd4j.getBackend().getClass().getSimpleName());
    found.put("blas", Nd4j.factory().blas().getBlasVendor() + " " + KernelChoice.inUse());
    found.put("blasKernels", kernels());
    return found;
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = Nd4j.class.getResourceAsStream(ND4J)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** Kernels are known by the bits of what they compute: by the hash of some products. */
  private static String kernels() {
    ByteBuffer products = ByteBuffer.allocate(1 << 18);
    for (int[] size : SIZES) {
      try (INDArray a = filled(size[0], size[1]);
          INDArray b = filled(size[1], size[2]);
          INDArray product = a.mmul(b)) {
        for (float value : product.dup('c').data().asFloat()) {
          products.putFloat(value);
        }
      }
    }
    return ContentHash.ofBytes(products.array());
  }

  private static INDArray filled(int rows, int columns) {
    float[] values = new float[rows * columns];
    int state = 12345;
    for (int i = 0; i < values.length; i++) {
      state = state * 1664525 + 1013904223;
      values[i] = (state >>> 8) * 0x1p-23f - 1;
    }
    return Nd4j.create(values, new long[] {rows, columns}, 'c');
  }
}
