package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.hub.HubFetch;
import org.seal4j.data.hub.HubListener;
import org.seal4j.data.hub.HubName;
import org.seal4j.data.hub.HubSettings;
import org.seal4j.data.json.Json;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.launch.OnStop;
import org.seal4j.scripts.run.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seal fetch}: brings a model or an adapter from a hub into the cache. */
@Command(
    name = "fetch",
    description =
        "Fetch a model or an adapter from a Hugging Face hub into the cache that Python's"
            + " huggingface_hub uses as well; hf:OWNER/NAME then goes wherever a model or an"
            + " adapter is named.",
    footer = {
      "",
      "Only safetensors, GGUF and what belongs to them are fetched, never a Python pickle. A fetch"
          + " that was interrupted goes on where it stopped. Variables: HF_ENDPOINT, HF_TOKEN,"
          + " HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE.",
      "",
      "Examples:",
      "  seal fetch HuggingFaceTB/SmolLM2-135M-Instruct",
      "  seal generate --model hf:HuggingFaceTB/SmolLM2-135M-Instruct --chat \\",
      "      --prompt \"What is the capital of France?\"",
      "  seal fetch OWNER/NAME@v1.0 --file NAME-Q8_0.gguf"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class FetchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "OWNER/NAME[@REVISION]",
      description = "The repository, at a branch, a tag or a commit. Default: main.")
  private String repository;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Fetch this file alone, such as one of several .gguf files.")
  private @Nullable String file;

  @Option(names = "--quiet", description = "Print only where it lies.")
  private boolean quiet;

  @Option(names = "--json", description = "Print what was fetched as JSON.")
  private boolean json;

  /** What is printed as JSON. */
  private record Printed(
      String model, String commit, String path, List<String> files, int fetched) {}

  @Override
  public Integer call() {
    HubName name = name();
    HubListener listener =
        quiet ? HubListener.silent() : new FetchProgress(said(), ProgressBar.onErrorStream());
    HubFetch.Fetched fetched = fetch(name, listener);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Json.pretty(printed(name, fetched)));
    } else if (quiet) {
      out.println(Shown.line(fetched.path().toString()));
    } else {
      out.println(Shown.line("in the cache: " + fetched.path()));
      out.println("next:         " + next(name, fetched));
    }
    out.flush();
    return 0;
  }

  private HubFetch.Fetched fetch(HubName name, HubListener listener) {
    OnStop notice = OnStop.run(() -> goOn(name));
    try {
      return HubFetch.fetch(HubSettings.here(), name, listener);
    } finally {
      notice.close(); // a fetch that fails says so itself
    }
  }

  private void goOn(HubName name) {
    PrintWriter err = spec.commandLine().getErr();
    err.println();
    err.println("seal: stopped; what has come over the line stays in the cache");
    err.println("seal: to go on: " + CommandName.with("fetch", name.toString()));
    err.flush();
  }

  private HubName name() {
    HubName name = HubName.parse(repository);
    Checks.require(
        file == null || name.file().isEmpty(),
        "%s names a file, and so does --file %s; name one",
        name,
        String.valueOf(file));
    return file == null ? name : name.withFile(file);
  }

  /** What is said on the way goes beside the JSON, not into it. */
  private PrintWriter said() {
    return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  private static Printed printed(HubName name, HubFetch.Fetched fetched) {
    return new Printed(
        name.toString(),
        fetched.name().revision(),
        fetched.path().toString(),
        fetched.files(),
        fetched.fetched());
  }

  private static String next(HubName name, HubFetch.Fetched fetched) {
    Path path = fetched.path();
    boolean adapter = path.resolve("adapter_config.json").toFile().isFile();
    return adapter
        ? CommandName.with(
            "generate", "--model", "BASE", "--adapter", name.toString(), "--prompt", "...")
        : CommandName.with("generate", "--model", name.toString(), "--prompt", "...");
  }
}
