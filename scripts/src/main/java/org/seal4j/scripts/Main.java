package org.seal4j.scripts;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.launch.CacheFolder;
import org.seal4j.scripts.launch.Encoding;
import org.seal4j.scripts.launch.Home;
import org.seal4j.scripts.launch.LaunchFlags;
import org.seal4j.scripts.launch.MemoryRule;
import org.seal4j.scripts.launch.Outlet;
import org.seal4j.scripts.launch.Relaunch;
import org.seal4j.scripts.run.Experiments;

/**
 * Start of the program. A JVM that came up without the flags of {@code launch.flags}, as a plain
 * {@code java -jar seal.jar} does, starts a second one that has them.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Outlet stdout = new Outlet(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = writer(stdout);
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    int code = start(List.of(args), out, err);
    out.flush();
    code = Seal.afterOutput(code, stdout.failure(), err);
    err.flush();
    System.exit(code);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(
        new OutputStreamWriter(new BufferedOutputStream(stream), StandardCharsets.UTF_8), true);
  }

  private static int start(List<String> args, PrintWriter out, PrintWriter err) {
    try {
      Encoding.requireReadable(args);
      LaunchFlags flags = LaunchFlags.forThisJava();
      List<String> missing = flags.missing();
      if (missing.isEmpty() && (Encoding.readsAll() || Relaunch.isChild())) {
        Relaunch.endWithParent();
        MemoryRule.apply();
        CacheFolder.unpackNatives();
        Seal seal = new Seal(Experiments.onClassPath(), Home.find(), Main::again);
        return seal.run(args, out, err);
      }
      Checks.require(
          !Relaunch.isChild(),
          "this Java cannot be started with %s; Seal4J needs a full JDK 17 or newer",
          missing);
      return again(args, Map.of());
    } catch (InputException e) {
      err.println("seal: " + e.getMessage());
      return Seal.EXIT_INPUT;
    }
  }

  /** The whole command once more in a fresh process. */
  private static int again(List<String> args, Map<String, String> environment) {
    return Relaunch.run(Main.class.getName(), args, LaunchFlags.forThisJava(), environment);
  }
}
