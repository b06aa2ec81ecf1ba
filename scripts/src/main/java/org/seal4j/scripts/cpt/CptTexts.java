package org.seal4j.scripts.cpt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageHash;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.data.world.Story;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.passage.PassageContext;

/** The passages of a run, and what is written about them. */
final class CptTexts {
  static final TableSchema SCHEMA =
      TableSchema.named("cpt_texts", 1)
          .column("texts", ColumnType.STRING, "Which texts: passages, self-edits, teacher.")
          .column("passage_id", ColumnType.STRING, "The passage.")
          .column("text", ColumnType.STRING, "One training text.")
          .build();

  private final CptKeys config;
  private final List<Story> stories = new ArrayList<>();
  private final Seeds seeds;

  CptTexts(CptKeys config, InventedWorld world, Seeds seeds) {
    this.config = config;
    this.seeds = seeds;
    PersonPool pool = PersonPool.valueOf(config.data().pool().name());
    int wanted = config.data().passages();
    Checks.require(
        wanted <= world.stories(pool),
        "data.passages asks for %d passages but pool %s has %d",
        wanted,
        pool,
        world.stories(pool));
    for (int i = 0; i < wanted; i++) {
      stories.add(world.story(pool, i));
    }
  }

  List<Passage> passages() {
    return stories.stream().map(Story::passage).toList();
  }

  String hash() {
    return PassageHash.sha256(passages());
  }

  /** The texts of every passage: the passage itself, then what is written about it. */
  List<List<String>> of(Texts texts, ModelPolicy<PassageContext> policy) {
    List<List<String>> written =
        switch (texts) {
          case PASSAGES -> stories.stream().map(story -> List.<String>of()).toList();
          case SELF_EDITS -> selfEdits(policy);
          case TEACHER -> stories.stream().map(this::teacher).toList();
        };
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < stories.size(); i++) {
      all.add(texts(stories.get(i).passage(), written.get(i)));
    }
    return all;
  }

  private List<String> texts(Passage passage, List<String> completions) {
    List<String> texts =
        new ArrayList<>(
            config.texts().withAddPassage(true).build("", passage.title(), passage.context()));
    for (String completion : completions) {
      texts.addAll(
          config
              .texts()
              .withAddPassage(false)
              .build(completion, passage.title(), passage.context()));
    }
    return texts;
  }

  private List<List<String>> selfEdits(ModelPolicy<PassageContext> policy) {
    int each = config.data().editsPerContext();
    List<SampleRequest<PassageContext>> requests = new ArrayList<>();
    for (Story story : stories) {
      PassageContext context = new PassageContext(story.passage());
      for (int i = 0; i < each; i++) {
        requests.add(new SampleRequest<>(context, i, seeds.child("edit", context.id(), i)));
      }
    }
    List<String> raw = policy.sample(requests).stream().map(Sample::raw).toList();
    List<List<String>> edits = new ArrayList<>();
    for (int i = 0; i < stories.size(); i++) {
      edits.add(raw.subList(i * each, (i + 1) * each));
    }
    return edits;
  }

  private List<String> teacher(Story story) {
    List<String> written = new ArrayList<>();
    for (EditStyle style : config.data().teachers()) {
      written.add(style.writeAll(story, seeds.child("teacher", story.passage().id(), style).rng()));
    }
    return written;
  }

  /** All texts as rows of a table. */
  List<Row> rows(List<Texts> kinds, List<List<List<String>>> texts) {
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < kinds.size(); k++) {
      for (int i = 0; i < stories.size(); i++) {
        for (String text : texts.get(k).get(i)) {
          rows.add(
              SCHEMA
                  .row()
                  .set("texts", kinds.get(k).label())
                  .set("passage_id", stories.get(i).passage().id())
                  .set("text", text)
                  .build());
        }
      }
    }
    return rows;
  }
}
