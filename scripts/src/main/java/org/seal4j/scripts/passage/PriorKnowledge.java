package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Amount;
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
 * What a model of an invented world learned in pretraining: one question on each of some persons of
 * the pool {@link PersonPool#RESIDENTS}, worded as in evaluations. Anchors may be used to protect
 * this knowledge, the measured questions only to measure it; no person is asked about in both.
 *
 * @param anchors questions, as a passage without a text of its own
 * @param measured questions on other persons
 */
public record PriorKnowledge(Passage anchors, Passage measured) {

  /** Refuses numbers of questions that there are not enough persons for, in every world. */
  public static void require(int anchors, int measured) {
    int persons = PersonPool.RESIDENTS.size();
    Checks.require(
        anchors >= 1 && measured >= 1 && (long) anchors + measured <= persons,
        "pretraining knows %d persons, but %s and %s are asked for; each needs a person of its own,"
            + " and both must be >= 1",
        persons,
        Amount.of(anchors, "anchor"),
        Amount.of(measured, "measured question"));
  }

  /**
   * Draws the persons and their questions.
   *
   * @param anchors number of anchors, at least 1
   * @param measured number of measured questions, at least 1
   */
  public static PriorKnowledge of(InventedWorld world, int anchors, int measured, Seeds seeds) {
    require(anchors, measured);
    List<Person> persons = new ArrayList<>(world.persons(PersonPool.RESIDENTS));
    seeds.child("order").rng().shuffle(persons);
    return new PriorKnowledge(
        passage(world, "residents/anchors", persons.subList(0, anchors), seeds),
        passage(world, "residents/measured", persons.subList(anchors, anchors + measured), seeds));
  }

  private static Passage passage(
      InventedWorld world, String id, List<Person> persons, Seeds seeds) {
    List<Question> questions = new ArrayList<>();
    for (Person person : persons) {
      Rng rng = seeds.child("question", person.name()).rng();
      List<Fact> facts =
          world.priorFacts().stream().filter(fact -> fact.person().equals(person)).toList();
      questions.add(InventedWorld.question(id + "/" + person.name(), rng.pick(facts), rng));
    }
    return new Passage(id, "Prior knowledge", "Facts of pretraining.", questions);
  }
}
