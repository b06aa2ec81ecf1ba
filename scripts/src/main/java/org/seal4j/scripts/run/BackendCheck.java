package org.seal4j.scripts.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.Checks;
import org.seal4j.model.blas.KernelChoice;

/**
 * Loads ND4J and holds what came against what was asked for. ND4J itself falls back from CUDA to
 * the processor with no more than a warning in a log; here that is one clear sentence and no run.
 */
public final class BackendCheck {
  private static final String CUDA_CLASS = "org.nd4j.linalg.jcublas.JCublasBackend";
  private static final String CPU_NAME = "CpuBackend";

  /** ND4J reads its order of preference from the environment alone, never from properties. */
  private static final Map<String, String> CPU_FIRST =
      Map.of("BACKEND_PRIORITY_CPU", "200", "BACKEND_PRIORITY_GPU", "0");

  private static final Map<String, String> CUDA_FIRST =
      Map.of("BACKEND_PRIORITY_CPU", "0", "BACKEND_PRIORITY_GPU", "100");

  private BackendCheck() {}

  /**
   * The environment variables which this process lacks for the choice; a non-empty answer means
   * that a new process is needed. A build with one backend needs none.
   */
  public static Map<String, String> missingEnvironment(BackendChoice choice) {
    return missingEnvironment(choice, cudaIsInTheBuild(), System.getenv());
  }

  static Map<String, String> missingEnvironment(
      BackendChoice choice, boolean cudaInBuild, Map<String, String> environment) {
    if (!cudaInBuild) {
      return Map.of();
    }
    Map<String, String> wanted = choice == BackendChoice.CPU ? CPU_FIRST : CUDA_FIRST;
    return environment.entrySet().containsAll(wanted.entrySet()) ? Map.of() : wanted;
  }

  /**
   * Loads ND4J, runs one operation, and returns what it ran on; refuses anything else, and a GPU.
   */
  public static Backend load(BackendChoice choice) {
    return load(choice, false);
  }

  /**
   * The same.
   *
   * @param unproven whether a GPU is allowed, on which no run has been compared with one on the
   *     processor yet
   */
  public static Backend load(BackendChoice choice, boolean unproven) {
    Checks.require(
        choice != BackendChoice.CUDA || cudaIsInTheBuild(),
        "--backend cuda was asked for, but this build brings only the CPU backend of ND4J; use"
            + " --backend cpu, or build with one (docs/building.md, -Pcuda)");
    Backend backend = verify(choice, loadedName());
    requireProven(backend, unproven);
    tryOneOperation(backend);
    return backend;
  }

  /** Holds the simple name of ND4J's backend class against the choice. */
  static Backend verify(BackendChoice choice, String loaded) {
    Backend backend = new Backend(loaded.equals(CPU_NAME) ? "cpu" : "cuda", loaded);
    Checks.require(
        choice == BackendChoice.AUTO || backend.name().equals(choice.toString()),
        "--backend %s was asked for, but ND4J loaded %s: %s",
        choice,
        backend,
        choice == BackendChoice.CUDA
            ? "no usable CUDA device, driver or CUDA 11 library was found on this machine"
            : "the CPU backend could not be loaded");
    return backend;
  }

  /** Refuses a backend whose results nobody has compared, unless the user wants it all the same. */
  static void requireProven(Backend backend, boolean unproven) {
    Checks.require(
        unproven || backend.name().equals("cpu"),
        "this build would compute on the GPU with %s, whose results have not been compared with"
            + " those of the processor yet and may be wrong; use --backend cpu, or add --unproven"
            + " to try it",
        backend.nd4jClass());
  }

  private static String loadedName() {
    KernelChoice.make();
    PrintStream errors = System.err;
    try {
      if (cudaIsInTheBuild()) {
        // The CUDA backend prints the stack trace of a driver that is not there.
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
      }
      return Nd4j.getBackend().getClass().getSimpleName();
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw Checks.refuse(
          "ND4J finds no backend that runs on this machine (%s); a build brings that of the platform it"
              + " was made on (Linux or macOS on x86-64 or arm64, Windows on x86-64), so build Seal4J"
              + " on this machine",
          rootCause(e));
    } finally {
      System.setErr(errors);
    }
  }

  /** A device too new for the build is selected all the same and fails only in its first kernel. */
  private static void tryOneOperation(Backend backend) {
    String got;
    try (INDArray ones = Nd4j.ones(4);
        INDArray twos = ones.add(1)) {
      got = String.valueOf(twos.sumNumber().floatValue());
    } catch (RuntimeException e) {
      got = rootCause(e).toString();
    }
    Checks.require(
        got.equals("8.0"),
        "the %s backend was loaded but cannot compute: four times two gave %s; a device newer than"
            + " this build of ND4J does that, use --backend cpu",
        backend,
        got);
  }

  private static boolean cudaIsInTheBuild() {
    String resource = CUDA_CLASS.replace('.', '/') + ".class";
    return BackendCheck.class.getClassLoader().getResource(resource) != null;
  }

  private static Throwable rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
