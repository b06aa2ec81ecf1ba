package org.seal4j.scripts.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.seal4j.data.check.InputException;
import org.seal4j.model.blas.BlasKernel;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.blas.Processor;
import org.seal4j.model.plan.Engine;
import org.seal4j.scripts.doctor.Finding.State;
import org.seal4j.scripts.run.Backend;

/** Looks at everything that a run depends on, and computes a little of all. */
public final class Doctor {
  /** Below this an AVX2 or newer core is slowed by something; those that were measured reach 40. */
  private static final double SLOW = 15;

  private final List<Finding> findings = new ArrayList<>();

  private Doctor() {}

  /**
   * All findings, in the order in which a person reads them.
   *
   * @param backend loads what tensors should run on
   * @param cache the folder that runs share, which may not exist yet
   */
  public static List<Finding> examine(Supplier<Backend> backend, Path cache) {
    Doctor doctor = new Doctor();
    doctor.findings.addAll(
        List.of(Surroundings.java(), Surroundings.flags(), Surroundings.memory()));
    doctor.findings.addAll(Surroundings.disk(cache));
    Surroundings.gpu().ifPresent(doctor.findings::add);
    doctor.processor(Processor.here());
    doctor.compute(backend);
    return List.copyOf(doctor.findings);
  }

  private void processor(Processor processor) {
    int bits = processor.vectorBits();
    int cores = Runtime.getRuntime().availableProcessors();
    String vectors =
        bits == 0 ? "the system does not tell its vectors" : "vectors of " + bits + " bits";
    String advice =
        bits == 128
            ? "; without AVX2 the kernels of Seal4J are emulated and slow, so use a newer processor"
            : "";
    add(
        "processor",
        bits == 128 ? State.ADVICE : State.OK,
        "%s, %s, %d cores for this process, %s%s"
            .formatted(processor.model(), System.getProperty("os.arch"), cores, vectors, advice),
        Map.of("model", processor.model(), "vectorBits", bits, "cores", cores));
  }

  private void compute(Supplier<Backend> choice) {
    try {
      Backend backend = choice.get();
      add("backend", State.OK, backend.toString(), Map.of("name", backend.name()));
      engine(backend.engine());
      if (backend.name().equals("cpu")) {
        kernels();
      }
      add("ops", OpTrial.all(backend.engine()));
    } catch (InputException e) {
      add("backend", State.FAULT, String.valueOf(e.getMessage()), Map.of());
    }
  }

  private void kernels() {
    String inUse = KernelChoice.inUse();
    double speed = ProductSpeed.gigaflops();
    String said =
        "OpenBLAS multiplies matrices with its kernels %s, %.1f GF/s of float32 on one core"
            .formatted(inUse, speed);
    Optional<String> advice = adviceOn(inUse, speed, Processor.here());
    add(
        "kernels",
        advice.isPresent() ? State.ADVICE : State.OK,
        said + advice.map(text -> "; " + text).orElse(""),
        Map.of("name", inUse, "gigaflops", speed));
  }

  /** What to do about the kernels; empty for nothing. */
  static Optional<String> adviceOn(String inUse, double speed, Processor processor) {
    Optional<BlasKernel> best = BlasKernel.bestFor(processor);
    if (best.isPresent() && !BlasKernel.sameBits(best.get().name(), inUse)) {
      return Optional.of(
          "this processor runs %s, which are faster: unset %s, unless rows of a run with other"
                  .formatted(best.get(), KernelChoice.VARIABLE)
              + " kernels are to be repeated");
    }
    return best.isPresent() && speed > 0 && speed < SLOW
        ? Optional.of("that is slow for such a processor: it is throttled or shared with others")
        : Optional.empty();
  }

  private void engine(Engine engine) {
    String what =
        switch (engine) {
          case KERNELS -> "kernels: ops run by kernels of Seal4J and products of OpenBLAS";
          case STOCK -> "stock: ops run by ND4J alone, much slower than --engine kernels";
        };
    add("engine", State.OK, what, Map.of("name", engine.toString()));
  }

  private void add(String topic, Map<String, Double> differences) {
    findings.add(ofOps(topic, differences));
  }

  /** What the trials of the ops say. */
  static Finding ofOps(String topic, Map<String, Double> differences) {
    List<String> wrong =
        differences.entrySet().stream()
            .filter(op -> !(op.getValue() <= OpTrial.TOLERANCE))
            .map(op -> String.format(Locale.ROOT, "%s (%.1e)", op.getKey(), op.getValue()))
            .toList();
    if (!wrong.isEmpty()) {
      return new Finding(
          topic,
          State.FAULT,
          "%s differ from plain Java by more than %.0e: results would be wrong; name other kernels in %s, such as Haswell, try another JDK, and test the memory"
              .formatted(String.join(", ", wrong), OpTrial.TOLERANCE, KernelChoice.VARIABLE),
          Map.copyOf(differences));
    }
    Map.Entry<String, Double> largest =
        differences.entrySet().stream()
            .max(Comparator.comparingDouble(Map.Entry::getValue))
            .orElseThrow();
    return new Finding(
        topic,
        State.OK,
        String.format(
            Locale.ROOT,
            "%d kinds of ops agree with plain Java; largest difference %.1e (%s)",
            differences.size(),
            largest.getValue(),
            largest.getKey()),
        Map.copyOf(differences));
  }

  private void add(String topic, State state, String text, Map<String, Object> figures) {
    findings.add(new Finding(topic, state, text, figures));
  }
}
