package org.seal4j.scripts.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.scripts.study.StudyDataKeys;
import org.seal4j.scripts.study.StudyKeys;
import org.seal4j.scripts.tuning.BaseKeys;

/**
 * All keys of a recipe of kind {@code corpus}.
 *
 * @param data which passages there are
 * @param model the language model
 * @param corpus how many of them are learned, and how many asked about
 * @param methods names of what is compared, in the order of the table
 * @param study what is written about a passage, and how long it is trained on
 * @param course what the adapter of a passage is trained on
 * @param inner how adapters are trained
 * @param together one adapter for all passages
 * @param merging how adapters are merged
 * @param sequence passages that are learned one after the other
 * @param answer how questions are answered and graded
 * @param policy how the model writes
 */
public record CorpusKeys(
    StudyDataKeys data,
    BaseKeys model,
    SizesKeys corpus,
    List<String> methods,
    StudyKeys.WritingKeys study,
    CourseKeys course,
    InnerKeys inner,
    TogetherKeys together,
    MergingKeys merging,
    SequenceKeys sequence,
    StudyKeys.AnswerKeys answer,
    PolicyKeys policy) {
  public CorpusKeys {
    methods = List.copyOf(methods);
    Checks.require(!methods.isEmpty(), "methods is empty: name at least one of %s", Method.KNOWN);
    Set<String> names = new HashSet<>();
    for (String name : methods) {
      Checks.require(names.add(Method.of(name).name()), "methods has '%s' twice", name);
    }
    Checks.inGroup("inner", inner::rate);
    Checks.inGroup("policy", policy::longest);
    Checks.require(
        study.halving() == null,
        "study.halving must be null: this kind trains every adapter to its end");
    Checks.require(
        inner.trials() == null || inner.trials().count() == 1,
        "inner.trials must be null: this kind trains one adapter for each passage");
  }

  /** Checks that need several groups. */
  void requireCourse() {
    int filled = course.course(this).passage() ? 2 : 1;
    for (SequenceMethod method : compared(SequenceMethod.class)) {
      Checks.require(
          inner.batch() > filled || !(method.guard().replays() || method.guard().anchors()),
          "inner.batch is %d: the passage and what is written about it fill it, so that '%s' can keep"
              + " nothing earlier; raise it",
          inner.batch(),
          method.name());
    }
  }

  /** The methods, in their order. */
  List<Method> compared() {
    return methods.stream().map(Method::of).toList();
  }

  /** Methods of one kind, in their order. */
  <M extends Method> List<M> compared(Class<M> kind) {
    return compared().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
