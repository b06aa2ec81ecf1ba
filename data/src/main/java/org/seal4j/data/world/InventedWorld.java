package org.seal4j.data.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.WordTokenizer;
import org.seal4j.data.text.WordVocabulary;

/**
 * A world of 1,600 persons. Residents have five facts each that never change; every other person
 * gets facts when a passage is told.
 *
 * <pre>{@code
 * InventedWorld world = new InventedWorld(Seeds.of(1));
 * Story story = world.story(PersonPool.LOOP, 0);
 * story.passage().questions();
 * EditStyle.QUESTIONS.write(story, rng);
 * }</pre>
 */
public final class InventedWorld {
  /** Persons of a passage. */
  public static final int PERSONS = 3;

  /** Facts of each. */
  public static final int FACTS_EACH = 3;

  /** The line that stands between a passage and a self-edit about it. */
  public static final String CUE = "Implications:";

  private final Seeds seeds;
  private final Map<PersonPool, List<Person>> pools;
  private final List<Fact> priorFacts;

  public InventedWorld(Seeds seeds) {
    this.seeds = seeds;
    this.pools = Names.pools(seeds.child("names"));
    this.priorFacts = facts(seeds.child("residents").rng());
  }

  private List<Fact> facts(Rng rng) {
    List<Fact> facts = new ArrayList<>();
    for (Person person : persons(PersonPool.RESIDENTS)) {
      for (Attribute attribute : Attribute.values()) {
        facts.add(new Fact(person, attribute, rng.pick(attribute.choices())));
      }
    }
    return List.copyOf(facts);
  }

  /** The persons of a pool. */
  public List<Person> persons(PersonPool pool) {
    return Checks.present(pools.get(pool), "pool %s has no persons", pool);
  }

  /** All facts about residents, person by person. */
  public List<Fact> priorFacts() {
    return priorFacts;
  }

  /** How many passages a pool has in which no person comes twice. */
  public int stories(PersonPool pool) {
    return pool.size() / PERSONS;
  }

  /** Passage {@code index} of a pool; passages of a pool share no person. */
  public Story story(PersonPool pool, int index) {
    if (index < 0 || index >= stories(pool)) {
      throw Checks.refuse(
          "pool %s has passages 0 to %d, there is no passage %d", pool, stories(pool) - 1, index);
    }
    List<Person> persons = persons(pool).subList(index * PERSONS, (index + 1) * PERSONS);
    String name = pool.name().toLowerCase(java.util.Locale.ROOT);
    return tell(name + "/" + index, persons, seeds.child("story", name, index).rng());
  }

  /** A passage on three random persons of the writing pool, with facts of its own. */
  public Story draw(Rng rng) {
    int[] order = rng.permutation(PersonPool.WRITING.size());
    List<Person> pool = persons(PersonPool.WRITING);
    return tell("drawn", Arrays.stream(order).limit(PERSONS).mapToObj(pool::get).toList(), rng);
  }

  /** Random persons of the writing pool, no two of whom have the same first name. */
  public List<Person> strangers(int count, Rng rng) {
    List<Person> pool = persons(PersonPool.WRITING);
    Map<String, Person> byFirst = new LinkedHashMap<>();
    for (int i : rng.permutation(pool.size())) {
      if (byFirst.size() < count) {
        byFirst.putIfAbsent(pool.get(i).first(), pool.get(i));
      }
    }
    Checks.require(
        byFirst.size() == count, "there are %d first names, not %d", byFirst.size(), count);
    return List.copyOf(byFirst.values());
  }

  /** The same three attributes for all; all values of an attribute differ, so binding counts. */
  private static Story tell(String id, List<Person> persons, Rng rng) {
    List<Attribute> attributes = new ArrayList<>(List.of(Attribute.values()));
    rng.shuffle(attributes);
    List<Fact> facts = new ArrayList<>();
    int[][] values = new int[FACTS_EACH][];
    for (int a = 0; a < FACTS_EACH; a++) {
      values[a] = rng.permutation(attributes.get(a).choices().size());
    }
    for (int p = 0; p < persons.size(); p++) {
      for (int a : rng.permutation(FACTS_EACH)) {
        Attribute attribute = attributes.get(a);
        facts.add(new Fact(persons.get(p), attribute, attribute.choices().get(values[a][p])));
      }
    }
    return Story.tell(id, facts, rng);
  }

  /** A question about a fact in any wording, with its answer; the evaluations' ones included. */
  public static String anyQuestion(Fact fact, Rng rng) {
    int wording = rng.nextInt(1 + fact.attribute().unseenWordings());
    return wording == 0
        ? fact.questionAndAnswer()
        : fact.attribute().unseenQuestion(wording - 1, fact.person().name()) + " " + fact.value();
  }

  /** The question about a fact in a wording that only evaluations use. */
  public static Question question(String id, Fact fact, Rng rng) {
    int wording = rng.nextInt(fact.attribute().unseenWordings());
    String text = fact.attribute().unseenQuestion(wording, fact.person().name());
    return Question.of(id, text, fact.value());
  }

  /** A statement of a fact in any wording. */
  public static String anyStatement(Fact fact, Rng rng) {
    return fact.attribute()
        .statement(rng.nextInt(fact.attribute().wordings()), fact.person().name(), fact.value());
  }

  /** The tokenizer of everything that is said in a world, whatever its seed. */
  public static WordTokenizer tokenizer() {
    List<String> texts = new ArrayList<>(List.of("He She . ? , :", CUE, Story.TITLE));
    Stream.of(Names.MALE, Names.FEMALE, Names.LAST).forEach(texts::addAll);
    for (Attribute attribute : Attribute.values()) {
      attribute.texts().forEach(text -> texts.add(text.replaceAll("\\{[SVN]}", "")));
    }
    List<String> words = WordVocabulary.wordsOf(texts);
    return new WordTokenizer(new WordVocabulary(List.of("<s>", "</s>"), words, "<s>", "</s>", ""));
  }
}
