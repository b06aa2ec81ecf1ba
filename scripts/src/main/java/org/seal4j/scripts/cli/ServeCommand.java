package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.hub.HubPath;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.text.Computing;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.launch.OnStop;
import org.seal4j.scripts.recipe.SettingsFile;
import org.seal4j.serve.ServeKeys;
import org.seal4j.serve.Server;
import org.seal4j.serve.ServerSide;
import org.seal4j.serve.access.ApiKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal serve}: one model and many adapters for any client of OpenAI's protocol. */
@Command(
    name = "serve",
    description = {
      "Serve a model and its adapters over the protocol of OpenAI.",
      "Ctrl-C ends it, once the answers that have begun are over."
    },
    footer = {
      "",
      "Examples:",
      "  seal serve --model SmolLM2-135M-Instruct.gguf --adapters adapters",
      "  seal serve --model models/base --config serve.yaml --set listen.port=9000",
      "  openssl rand -hex 32 | tee key.txt | seal serve --hash-key"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
public final class ServeCommand implements SubCommand {
  private static final String DEFAULTS = "serve.yaml";

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A model folder, a .gguf file, a llama2.c .bin file, or hf:OWNER/NAME of a fetched"
              + " model.")
  private @Nullable Path model;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What clients call the model. Default: the name of its file or folder.")
  private @Nullable String name;

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH",
      description = "A tokenizer's file or folder; default: the one beside the model.")
  private @Nullable Path tokenizer;

  @Option(
      names = "--adapters",
      paramLabel = "DIR",
      description =
          "Folder of the adapters. Those that lie in it are served by the names of their folders;"
              + " it is made where it is missing, and the server writes there.")
  private @Nullable Path adapters;

  @Option(names = "--host", paramLabel = "HOST", description = "As listen.host of the settings.")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "As listen.port of the settings.")
  private @Nullable Integer port;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings that are to be other than those of --show-config.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change one setting. May be repeated.")
  private List<String> sets = new ArrayList<>();

  @Mixin private WeightOptions weights;
  @Mixin private EngineOptions engine;

  @Option(names = "--quiet", description = "Do not print a line for each request.")
  private boolean quiet;

  @Option(
      names = "--show-config",
      description = "Print all settings with comments, as a file to change, and end.")
  private boolean showConfig;

  @Option(
      names = "--hash-key",
      description = "Read a key from standard input, print its hash for the settings, and end.")
  private boolean hashKey;

  /** For {@link java.util.ServiceLoader}. */
  public ServeCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (showConfig) {
      out.print(defaults());
      return 0;
    }
    if (hashKey) {
      out.println(ApiKey.hash(StandardInput.read().trim()));
      return 0;
    }
    Path path =
        Checks.present(model, "name the model to serve: --model MODEL, a folder or a .gguf file");
    String called = name == null ? AdapterPath.name(path) : name;
    ServeKeys keys = SettingsFile.read(defaults(), config, overrides(), ServeKeys.class);
    return ComputeBackend.run(seal, () -> serve(keys, path, called));
  }

  private void serve(ServeKeys keys, Path path, String called) {
    PrintWriter err = spec.commandLine().getErr();
    Computing how = keys.answers().computing(engine.engine(), weights.asked());
    check(keys, path, how);
    ServerSide side = new ServerSide(ServeCommand::seconds, System::getenv, log(err));
    try (Server server = Server.listen(keys, side)) {
      OnStop stop =
          OnStop.run(
              () -> {
                if (server.answering() > 0) {
                  say(err, stopping(server.answering(), keys.listen().stopSeconds()));
                }
                server.stop(keys.listen().stopSeconds());
                say(err, "stopped; the same command goes on with the same adapters");
              });
      try {
        say(err, "listening at %s, reading %s".formatted(server.address(), path));
        server.open(called, () -> opened(path, how), adapters);
        String models = String.join(", ", server.models());
        say(err, "serving %s at %s/v1".formatted(models, server.address()));
        server.awaitStop();
      } finally {
        stop.close();
      }
    }
  }

  /** Refuses what could not be served, before anybody is told that there is a server. */
  private void check(ServeKeys keys, Path path, Computing how) {
    ModelConfig sizes = ModelFolder.sizes(path);
    if (tokenizer != null) {
      Path words = HubPath.local(tokenizer);
      Checks.require(
          Files.exists(words), "there is no tokenizer at %s; name its file or folder", words);
    }
    ServeHeap heap =
        new ServeHeap(
            how.copyBytes(sizes),
            keys.decoding().cacheBytes(sizes),
            keys.answers().cacheTokens(),
            keys.answers().prefixBytes());
    double limit = Runtime.getRuntime().maxMemory();
    heap.require(limit);
    ModelOptions.warn(spec, heap.warning(limit).stream().toList());
  }

  private static String stopping(int answers, int seconds) {
    return "stopping; requests that are being answered: %d, for up to %d seconds (listen.stopSeconds)"
        .formatted(answers, seconds);
  }

  private static void say(PrintWriter err, String text) {
    err.println("seal: " + Shown.line(text));
    err.flush();
  }

  private TextModel opened(Path path, Computing how) {
    TextModel read = TextModel.open(path, tokenizer, null, how);
    ModelOptions.warn(spec, read.warnings());
    read.frozen()
        .ifPresent(
            copies ->
                say(
                    spec.commandLine().getErr(),
                    "writing with %s weights, a copy of %s on the Java heap"
                        .formatted(
                            copies.form().text(),
                            MemoryNeed.text(
                                FrozenWeights.bytes(read.folder().config(), copies.form())))));
    return read;
  }

  private List<String> overrides() {
    List<String> all = new ArrayList<>(sets);
    if (host != null) {
      all.add("listen.host=" + host);
    }
    if (port != null) {
      all.add("listen.port=" + port);
    }
    return all;
  }

  private ServerSide.Log log(PrintWriter err) {
    return line -> {
      if (!quiet) {
        err.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
        err.flush();
      }
    };
  }

  private static long seconds() {
    return Instant.now().getEpochSecond();
  }

  private static String defaults() {
    try (InputStream in = ServeCommand.class.getResourceAsStream(DEFAULTS)) {
      return new String(
          Checks.present(in, "the program lacks its file %s", DEFAULTS).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
