package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.seal4j.data.check.InputException;

/**
 * Program of a JVM with {@link TrippingFileSystems}: runs a small recipe again and again, each time
 * with another operation on files going wrong, goes on with {@code --resume}, and compares all
 * bytes with an undisturbed run. Prints one line per trial that begins with {@code ok} or {@code
 * WRONG}.
 */
final class FileFaults {
  private final Path folder;
  private final Product product;
  private final SortedMap<String, String> undisturbed;
  private final List<String> operations;

  private FileFaults(Path folder) {
    this.folder = folder;
    this.product = Product.at(folder.resolve("home"));
    Path whole = folder.resolve("whole");
    Trip trip = Trip.set(whole, Trip.Fault.KILL, Long.MAX_VALUE);
    product.run(SmallRuns.grids(whole, "--quiet", "--workers=1").toArray()).done();
    Trip.clear();
    this.operations = trip.seen();
    this.undisturbed = RunBytes.of(whole);
  }

  /**
   * @param args folder, seed, number of trials; or folder, seed, 0, and the one operation that goes
   *     wrong in every way
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    FileFaults faults = new FileFaults(Path.of(args[0]));
    System.out.println(faults.operations.size() + " operations in an undisturbed run");
    long seed = Long.parseLong(args[1]);
    int trials = Integer.parseInt(args[2]);
    int wrong = 0;
    int done = 0;
    List<Trial> chosen =
        trials == 0 ? everyFault(Integer.parseInt(args[3])) : faults.trials(seed, trials);
    for (Trial trial : chosen) {
      String result = faults.tryOne(trial);
      System.out.println(result);
      wrong += result.startsWith("ok") ? 0 : 1;
      done++;
    }
    System.out.printf(
        "%d trials, %d wrong, %.0f s%n", done, wrong, (System.nanoTime() - start) * 1e-9);
    System.exit(wrong == 0 ? 0 : 1);
  }

  private record Trial(Trip.Fault fault, int at) {}

  private static List<Trial> everyFault(int at) {
    return Arrays.stream(Trip.Fault.values()).map(fault -> new Trial(fault, at)).toList();
  }

  /** Spread over the run and over the faults; from as many as operations on, none is left out. */
  private List<Trial> trials(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    Trip.Fault[] faults = Trip.Fault.values();
    int first = random.nextInt(faults.length);
    int all = operations.size();
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = count < all ? (int) ((i + random.nextDouble()) / count * all) : i % all;
      trials.add(new Trial(faults[(first + i + i / all) % faults.length], 1 + at));
    }
    return trials;
  }

  private String tryOne(Trial trial) {
    String what = trial + " = " + operations.get(trial.at - 1);
    Path run = folder.resolve("run");
    delete(run);
    String said;
    Trip trip = Trip.set(run, trial.fault, trial.at);
    try {
      Product.Said first = product.run(SmallRuns.grids(run, "--quiet", "--workers=1").toArray());
      said = first.exitCode() + " " + first.err().strip();
      if (trial.fault == Trip.Fault.FULL || trial.fault == Trip.Fault.ONCE) {
        requireSaid(first, trip.tripped());
      }
    } catch (Product.Stopped expected) {
      TrippingChannel.closeAll();
      said = "killed";
    } catch (AssertionError e) {
      return "WRONG " + what + ": " + e.getMessage().replace('\n', ' ');
    } finally {
      Trip.clear();
    }
    try {
      goOn(run);
      return RunBytes.of(run).equals(undisturbed)
          ? "ok " + what + ": " + said
          : "WRONG " + what + ": other bytes in " + different(RunBytes.of(run)) + "; " + said;
    } catch (AssertionError | RuntimeException e) {
      return "WRONG " + what + ": " + said + "; then " + e.toString().replace('\n', ' ');
    }
  }

  /** A disk that refuses something is told in one sentence, unless nothing came of it. */
  private static void requireSaid(Product.Said said, boolean tripped) {
    if (!tripped || said.exitCode() == 0) {
      return;
    }
    if (said.exitCode() == 1 && said.err().contains("internal error")) {
      throw new AssertionError("internal error: " + said.err());
    }
    Product.requireSentence(said.err().strip(), "No space left");
  }

  /** As a user would: --resume where there is a run to go on with, else the command again. */
  private void goOn(Path run) {
    if (Files.exists(run)) {
      Product.Said said = product.run("run", "--resume", run, "--quiet", "--workers=1");
      if (said.exitCode() == 0) {
        return;
      }
      if (Files.exists(run.resolve("effective.yaml"))) {
        said.done();
      }
    }
    product.run(SmallRuns.grids(run, "--quiet", "--workers=1").toArray()).done();
  }

  private List<String> different(SortedMap<String, String> now) {
    List<String> names = new ArrayList<>();
    Stream.concat(undisturbed.keySet().stream(), now.keySet().stream())
        .distinct()
        .filter(name -> !now.getOrDefault(name, "").equals(undisturbed.get(name)))
        .forEach(names::add);
    return names;
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new InputException("cannot delete " + folder, e);
    }
  }
}
