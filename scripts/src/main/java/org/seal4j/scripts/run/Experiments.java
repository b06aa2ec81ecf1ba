package org.seal4j.scripts.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.experiment.Experiment;

/**
 * The kinds of recipes this program knows.
 *
 * @param all in the order in which messages name them
 */
public record Experiments(List<Experiment<?>> all) {
  public Experiments {
    all = List.copyOf(all);
    Map<String, String> classes = new HashMap<>();
    for (Experiment<?> experiment : all) {
      String own = experiment.getClass().getName();
      String other = classes.put(experiment.kind(), own);
      if (other != null) {
        throw Checks.refuse(
            "two classes offer the kind of recipe '%s': %s and %s; rename one of them",
            experiment.kind(), other, own);
      }
    }
  }

  /** Those on the class path. */
  public static Experiments onClassPath() {
    List<Experiment<?>> found = new ArrayList<>();
    try {
      ServiceLoader.load(Experiment.class).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw Checks.refuse(
          "a kind of recipe on the class path cannot be loaded: %s; it needs a public constructor"
              + " without arguments",
          String.valueOf(e.getMessage()));
    }
    return new Experiments(found);
  }

  /**
   * The kind of this name.
   *
   * @param place where the name was written, for the message
   */
  public Experiment<?> named(String name, String place) {
    return all.stream()
        .filter(kind -> kind.kind().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "%s: there is no kind '%s' of recipe; %s",
                    place,
                    name,
                    name.equals("selection")
                        ? "rules are compared by kind 'knowledge' now, with the key 'rules'"
                        : "known kinds are "
                            + all.stream().map(Experiment::kind).toList()
                            + "; a jar in SEAL_CLASSPATH adds one if its file META-INF/services/"
                            + Experiment.class.getName()
                            + " names the class"));
  }
}
