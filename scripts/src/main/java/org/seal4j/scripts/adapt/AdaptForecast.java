package org.seal4j.scripts.adapt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.scripts.run.ProgressBar;

/**
 * What a run says before it begins: how much is to be done, and how long that takes here. The time
 * is for a person; nothing that is written depends on it.
 *
 * @param recipe of the run
 * @param passages that are learned
 * @param own questions of the user's file
 */
record AdaptForecast(AdaptKeys recipe, List<DocumentPassage> passages, int own) {
  AdaptForecast {
    passages = List.copyOf(passages);
  }

  /** Says both, by a speed that is measured now where no plan has measured it. */
  void say(Lab lab, ModelFolder model, Budget.@Nullable Planned planned) {
    lab.say(work());
    MachineSpeed speed = planned == null ? MachineSpeed.of(model, lab.workers()) : planned.speed();
    lab.say(time(speed, model.config()));
  }

  /** The work, in numbers that the recipe and the documents decide. */
  String work() {
    long steps = recipe.steps(passages.size());
    String training =
        recipe.bundle().apart()
            ? "%s, each %s"
                .formatted(
                    Amount.of(passages.size(), "adapter"), Amount.of(recipe.steps(1), "step"))
            : Amount.of(steps, "step");
    return "to do:  %s; %s of up to %d rows; up to %s before and after"
        .formatted(questions(), training, rows(), Amount.of(asked(), "question"));
  }

  private String questions() {
    AdaptKeys.Questions keys = recipe.questions();
    int kept = keys.heldOut() + (recipe.study().asks() ? keys.count() : 0);
    int written = (int) Math.ceil(kept * keys.draws());
    return keys.teacher() == null
        ? "%s about each passage, of which at most %d are kept"
            .formatted(Amount.of(written, "question"), kept)
        : "at most %s about each passage, by the other model"
            .formatted(Amount.of(kept, "question"));
  }

  private int rows() {
    AdaptKeys.Study study = recipe.study();
    int text = study.methods().contains(StudyMethod.TEXT) ? 1 : 0;
    int each = recipe.bundle().apart() ? 1 : Math.min(study.passages(), passages.size());
    return each * (text + study.others()) + study.anchors();
  }

  private int asked() {
    return Effort.asked(passages, recipe.questions().heldOut(), own);
  }

  /** The time, by the speed of this machine. */
  String time(MachineSpeed speed, ModelConfig model) {
    Effort effort = Effort.of(passages, recipe.sizes(model), own);
    return "time:   about %s for all of it by the speed of this machine: questions %s, training %s,"
            .formatted(
                time(speed, effort.tokens()),
                time(speed, effort.writing()),
                time(speed, effort.training()))
        + " examinations %s%s"
            .formatted(
                time(speed, effort.examining()),
                recipe.questions().teacher() == null
                    ? ""
                    : "; the other model's replies take theirs besides");
  }

  private static String time(MachineSpeed speed, double tokens) {
    return ProgressBar.time(speed.seconds(tokens));
  }
}
