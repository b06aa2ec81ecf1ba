package org.seal4j.data.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.seed.Seeds;

/** The 1,600 names of the world, split into pools. */
final class Names {
  static final List<String> MALE =
      names(
          "Adam Boris Carl David Edgar Felix George Henry Ivan Jacob Karl Leon Martin Norman Oscar"
              + " Peter Robert Simon Thomas Victor");
  static final List<String> FEMALE =
      names(
          "Alice Berta Clara Diana Emma Flora Greta Helen Irene Julia Karen Laura Maria Nora Olga"
              + " Paula Rosa Sarah Tina Vera");
  static final List<String> LAST =
      names(
          "Abbot Barlow Carter Dalton Ellis Foster Garner Harris Ingram Jensen Keller Larson Mason"
              + " Nolan Osborn Parker Quinn Reeves Sutton Turner Underhill Vance Walker Yates"
              + " Zeller Bishop Corbin Draper Easton Fisher Gibson Hobbs Irving Jarvis Kendall"
              + " Lowell Mercer Norris Owens Porter");

  private static List<String> names(String names) {
    return List.of(names.split(" "));
  }

  private Names() {}

  /** The persons of each pool, in an order that depends on the seeds alone. */
  static Map<PersonPool, List<Person>> pools(Seeds seeds) {
    List<Person> all = new ArrayList<>();
    for (String last : LAST) {
      MALE.forEach(first -> all.add(new Person(first, last, "He")));
      FEMALE.forEach(first -> all.add(new Person(first, last, "She")));
    }
    seeds.rng().shuffle(all);
    Map<PersonPool, List<Person>> pools = new EnumMap<>(PersonPool.class);
    int from = 0;
    for (PersonPool pool : PersonPool.values()) {
      pools.put(pool, List.copyOf(all.subList(from, from + pool.size())));
      from += pool.size();
    }
    return pools;
  }
}
