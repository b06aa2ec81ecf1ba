package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.StudyDomain;
import org.seal4j.rl.study.StudyWriting;

/** Has the model write about each passage once. What it wrote stands in a log. */
final class PassageWriting {
  static final String NAME = "writing";

  static final TableSchema SCHEMA =
      TableSchema.named(NAME, 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("attempts", ColumnType.INT32, "How often the model was asked.")
          .column("edit", ColumnType.STRING, "What it wrote; empty where none could be read.")
          .build();

  /** Passages that are written about before the log has them. */
  private static final int WAVE = 16;

  private final Lab lab;
  private final StudyDomain domain;
  private final ModelPolicy<PassageContext> policy;
  private final int attempts;

  PassageWriting(Lab lab, CorpusKeys recipe, SharedModel model, StudyDomain domain) {
    this.lab = lab;
    this.domain = domain;
    policy = new ModelPolicy<>(model, domain, recipe.policy().sampling());
    attempts = recipe.course().attempts();
  }

  /** One edit a passage, in their order. */
  List<KnowledgeEdit> all(List<Passage> passages) {
    if (domain.course().writing() == StudyWriting.NOTHING) {
      return passages.stream().map(passage -> KnowledgeEdit.none()).toList();
    }
    try (RowLog log = lab.log(NAME, SCHEMA)) {
      lab.listener().start("writing", passages.size());
      while (log.rows().size() < passages.size()) {
        int from = log.rows().size();
        wave(passages.subList(from, Math.min(from + WAVE, passages.size()))).forEach(log::append);
        lab.listener().step(log.rows().size(), "passages");
      }
      lab.listener().end();
      return edits(log.rows(), passages);
    }
  }

  private static List<KnowledgeEdit> edits(List<Row> rows, List<Passage> passages) {
    List<KnowledgeEdit> edits = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      Row row = rows.get(i);
      Checks.require(
          row.string("passage").equals(passages.get(i).id()),
          "%s.arrows tells of passage %s where this run has %s; begin a new run",
          NAME,
          row.string("passage"),
          passages.get(i).id());
      edits.add(new KnowledgeEdit(row.string("edit")));
    }
    return edits;
  }

  private List<Row> wave(List<Passage> passages) {
    Map<Passage, Row> rows = new LinkedHashMap<>();
    passages.forEach(passage -> rows.put(passage, row(passage, attempts, "")));
    List<Passage> open = passages;
    for (int attempt = 1; !open.isEmpty() && attempt <= attempts; attempt++) {
      List<Sample> samples = policy.sample(requests(open, attempt));
      List<Passage> unread = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        Passage passage = open.get(i);
        ParsedEdit<KnowledgeEdit> read =
            domain.format().read(new PassageContext(passage), samples.get(i).raw());
        if (read instanceof ParsedEdit.Valid<KnowledgeEdit> valid) {
          rows.put(passage, row(passage, attempt, valid.edit().canonical()));
        } else {
          unread.add(passage);
        }
      }
      open = unread;
    }
    return List.copyOf(rows.values());
  }

  private List<SampleRequest<PassageContext>> requests(List<Passage> passages, int attempt) {
    List<SampleRequest<PassageContext>> requests = new ArrayList<>();
    for (Passage passage : passages) {
      Seeds seeds = lab.seeds().child("passage", passage.id()).child("sample", attempt);
      requests.add(new SampleRequest<>(new PassageContext(passage), 0, seeds));
    }
    return requests;
  }

  private static Row row(Passage passage, int asked, String edit) {
    return SCHEMA
        .row()
        .set("passage", passage.id())
        .set("attempts", asked)
        .set("edit", edit)
        .build();
  }
}
