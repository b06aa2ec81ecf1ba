package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.Scorer;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;

/** Lets the policy write the self-edits of tasks that are to be solved, and says what they cost. */
record EditWriter(
    SharedModel model,
    OpenDomain domain,
    GridLanguage language,
    GridDomain.Config config,
    GridSolver.How how) {
  /** The edits of each task: the most likely one, then sampled ones. */
  List<List<PlannedTask.Edit>> write(List<OpenContext> contexts) {
    List<List<PlannedTask.Edit>> byContext = new ArrayList<>();
    contexts.forEach(context -> byContext.add(new ArrayList<>()));
    for (int number = 0; number < how.edits(); number++) {
      Sampling sampling = number == 0 ? Sampling.mostLikely() : how.sampling();
      List<PlannedTask.Edit> written = write(contexts, number, sampling);
      for (int i = 0; i < contexts.size(); i++) {
        byContext.get(i).add(written.get(i));
      }
    }
    return byContext;
  }

  /** The edit of this number for each task. */
  private List<PlannedTask.Edit> write(List<OpenContext> contexts, int number, Sampling sampling) {
    List<SampleRequest<OpenContext>> requests = new ArrayList<>();
    for (OpenContext context : contexts) {
      Seeds seeds = how.seeds(context, number).child("sample", 1);
      requests.add(new SampleRequest<>(context, number, seeds));
    }
    List<Sample> samples = new ModelPolicy<>(model, domain, sampling).sample(requests);
    PlannedTask.Edit[] edits = new PlannedTask.Edit[requests.size()];
    int pieces = Math.min(model.workers().size(), edits.length);
    model
        .workers()
        .run(
            pieces,
            (piece, worker) -> {
              EditChoices choices = new EditChoices(domain, language);
              try (Scorer scorer = new Scorer(model.weights(), worker)) {
                for (int i = piece; i < edits.length; i += pieces) {
                  OpenContext context = contexts.get(i);
                  FewShotEdit edit = edit(context, samples.get(i).raw());
                  edits[i] = planned(context, edit, choices.of(context, edit, scorer), number > 0);
                }
              }
            });
    return IntStream.range(0, edits.length).mapToObj(i -> edits[i]).toList();
  }

  private FewShotEdit edit(OpenContext context, String raw) {
    if (domain.format().read(context, raw) instanceof ParsedEdit.Valid<FewShotEdit> valid) {
      return valid.edit();
    }
    throw new IllegalStateException("the grammar let the policy write '" + raw + "'");
  }

  private PlannedTask.Edit planned(
      OpenContext context, FewShotEdit edit, List<EditChoice> choices, boolean sampled) {
    Optional<InnerLoopTask> training = domain.training(context, edit, Seeds.of(0));
    long tokens =
        training
            .map(
                task ->
                    task.epochs()
                        * task.sequences().stream().mapToLong(TokenSequence::length).sum())
            .orElse(0L);
    return new PlannedTask.Edit(
        edit,
        domain.format().write(edit),
        choices,
        sampled,
        training.map(task -> task.steps(config.batch())).orElse(0),
        tokens);
  }
}
