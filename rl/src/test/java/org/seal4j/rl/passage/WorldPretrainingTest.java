package org.seal4j.rl.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.WordTokenizer;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.Person;
import org.seal4j.data.world.PersonPool;

/** What the model of an invented world reads before the loop. */
class WorldPretrainingTest {
  private static final long SEED = Long.getLong("seal.seed", 20261121);
  private static final InventedWorld WORLD = new InventedWorld(Seeds.of(SEED));
  private static final WordTokenizer TOKENIZER = InventedWorld.tokenizer();
  private static final int PASSAGES = 3;
  private static final int COPY_LISTS = 2;
  private static final int FACTS = 4;

  private static WorldPretraining source(int passageTokens) {
    PassageLanguage language =
        new PassageLanguage(
            TOKENIZER,
            new PromptKind("world", "", "{context}\nImplications:\n", ""),
            "{question}",
            256);
    return new WorldPretraining(
        WORLD,
        language,
        new WorldPretraining.Config(2, PASSAGES, COPY_LISTS, FACTS, passageTokens, 20, 0.1, 1, 0.6),
        Seeds.of(SEED));
  }

  private static List<TokenSequence> copyLists(long step) {
    List<TokenSequence> shard = source(192).batch(step);
    return shard.subList(PASSAGES, PASSAGES + COPY_LISTS);
  }

  private static String word(int id) {
    return TOKENIZER.decode(new int[] {id}).strip();
  }

  @Test
  void a_batch_is_shards_of_passages_copy_lists_and_facts_and_a_function_of_its_number() {
    List<TokenSequence> batch = source(192).batch(5);
    assertThat(batch).hasSize(2 * (PASSAGES + COPY_LISTS + FACTS));
    List<TokenSequence> again = source(192).batch(5);
    for (int i = 0; i < batch.size(); i++) {
      assertThat(batch.get(i).ids()).as("seed %d", SEED).containsExactly(again.get(i).ids());
    }
    assertThat(batch.get(PASSAGES).ids()).isNotEqualTo(source(192).batch(6).get(PASSAGES).ids());
  }

  @Test
  void a_list_of_names_weighs_the_last_names_that_came_before_behind_the_same_first_name() {
    for (TokenSequence list : copyLists(1)) {
      Map<String, String> seen = new HashMap<>();
      int weighed = 0;
      for (int i = 1; i < list.length(); i++) {
        String before = word(list.ids()[i - 1]);
        String here = word(list.ids()[i]);
        if (list.weights()[i] > 0) {
          assertThat(here).as("seed %d", SEED).isEqualTo(seen.get(before));
          weighed++;
        }
        seen.putIfAbsent(before, here);
      }
      assertThat(weighed).isEqualTo(20);
    }
  }

  @Test
  void only_persons_of_the_writing_pool_are_listed() {
    Set<String> writing =
        WORLD.persons(PersonPool.WRITING).stream().map(Person::name).collect(Collectors.toSet());
    for (long step = 0; step < 20; step++) {
      for (TokenSequence list : copyLists(step)) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < list.length(); i++) {
          if (list.weights()[i] > 0) {
            names.add(word(list.ids()[i - 1]) + " " + word(list.ids()[i]));
          }
        }
        assertThat(writing).as("seed %d", SEED).containsAll(names);
        assertThat(names).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void texts_that_do_not_fit_are_refused_with_the_key_to_raise() {
    assertThatThrownBy(() -> source(60).batch(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("raise mixture.passageTokens (60)");
  }
}
