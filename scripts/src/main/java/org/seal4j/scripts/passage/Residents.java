package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.world.Fact;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.Person;
import org.seal4j.data.world.PersonPool;

/**
 * What a model of an invented world knew before any passage: one question on each of some
 * residents, in a wording of evaluations. Anchors may be used to protect old knowledge, the
 * measured ones are only asked; no resident is both.
 *
 * @param anchors questions on residents, as a passage without a text of its own
 * @param measured the same, on others
 */
public record Residents(Passage anchors, Passage measured) {

  /**
   * Draws residents.
   *
   * @param anchors number of anchors, at least 1
   * @param measured number of measured residents, at least 1
   */
  public static Residents of(InventedWorld world, int anchors, int measured, Seeds seeds) {
    List<Person> persons = new ArrayList<>(world.persons(PersonPool.RESIDENTS));
    Checks.require(
        anchors >= 1 && measured >= 1 && anchors + measured <= persons.size(),
        "there are %d residents, but %d are asked for as anchors and %d to be measured; both need"
            + " one or more",
        persons.size(),
        anchors,
        measured);
    seeds.child("order").rng().shuffle(persons);
    return new Residents(
        passage(world, "residents/anchors", persons.subList(0, anchors), seeds),
        passage(world, "residents/measured", persons.subList(anchors, anchors + measured), seeds));
  }

  private static Passage passage(
      InventedWorld world, String id, List<Person> persons, Seeds seeds) {
    List<Question> questions = new ArrayList<>();
    for (Person person : persons) {
      Rng rng = seeds.child("question", person.name()).rng();
      List<Fact> facts =
          world.residentFacts().stream().filter(fact -> fact.person().equals(person)).toList();
      questions.add(InventedWorld.question(id + "/" + person.name(), rng.pick(facts), rng));
    }
    return new Passage(id, "Residents", "Residents of the world.", questions);
  }
}
