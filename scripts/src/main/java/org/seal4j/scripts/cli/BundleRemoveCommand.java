package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seal adapters remove}: documents that a bundle is to know no longer. */
@Command(
    name = "remove",
    description =
        "Remove documents from a bundle: their texts, their states and their adapters. The others"
            + " stay as they are.",
    footer = {"", "Examples:", "  seal adapters remove runs/notes pump.md"},
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class BundleRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle, or its run.")
  private Path bundle;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DOCUMENT",
      description = "Names of documents, as 'adapters describe' shows them, or paths that end so.")
  private List<String> documents = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Bundle opened = Bundle.open(bundle);
    BundleContents contents = opened.contents();
    List<String> names =
        documents.stream().map(typed -> named(contents, typed)).distinct().toList();
    opened.replace(contents.without(names), opened.folder().resolve(Bundle.ADAPTERS));
    for (String name : names) {
      out.println("%s: %s removed".formatted(name, Amount.of(contents.of(name).size(), "passage")));
    }
    out.flush();
    return 0;
  }

  /** The document that was typed: its name, or the end of a path. */
  private static String named(BundleContents contents, String typed) {
    String path = typed.replace('\\', '/');
    Checks.require(
        !path.isBlank(),
        "a name of a document is empty; it has %s",
        Shown.names(contents.documents()));
    List<String> known = contents.documents();
    if (known.contains(path)) {
      return path;
    }
    List<String> ends = known.stream().filter(name -> path.endsWith("/" + name)).toList();
    Checks.require(
        ends.size() <= 1,
        "%s may be %s; name one of them",
        Shown.text(typed),
        String.join(" or ", ends));
    Checks.require(
        !ends.isEmpty(),
        "the bundle has no document %s; it has %s",
        Shown.text(typed),
        Shown.names(known));
    return ends.get(0);
  }
}
