package org.seal4j.eval.squad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.JudgedAnswer;
import org.seal4j.eval.stats.Confusion;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.TaskBootstrap;

/**
 * How far the graders agree with a judge's stored verdicts. The threshold of {@link TokenRecall} is
 * chosen on one half of the articles, by kappa, and every grader is reported on both. Intervals are
 * a bootstrap over articles, since answers to one article's questions are not independent.
 *
 * @param triples what was graded: distinct triples of how many judgements, how many repeated and
 *     disputed
 * @param choices the thresholds tried, with their kappa on the choosing half
 * @param threshold the chosen one: the highest kappa, of equals the lowest
 * @param choosing the figures on the half that chose
 * @param reporting the figures on the other half
 */
public record GraderCalibration(
    Counts triples, List<Choice> choices, double threshold, Half choosing, Half reporting) {
  /** Thresholds that are tried. */
  static final List<Double> THRESHOLDS = List.of(0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 1.0);

  /** A verdict of at least this much says right. */
  private static final double RIGHT = 0.5;

  /** How many answers there were; see {@link JudgedTriples}. */
  public record Counts(int judgements, int distinct, int repeated, int disputed) {}

  /** A threshold with its kappa on the choosing half. */
  public record Choice(double threshold, double kappa) {}

  /**
   * One half of the articles.
   *
   * @param articles how many there are
   * @param answers how many distinct triples
   * @param right the share of them that the judge called right
   * @param graders the figures of each grader
   */
  public record Half(int articles, int answers, double right, List<Figures> graders) {}

  /** What one grader gives on one half, with 95 % intervals. */
  public record Figures(
      String grader,
      Confusion counts,
      Estimate agreement,
      Estimate precision,
      Estimate recall,
      Estimate kappa) {}

  /** Grades all answers, chooses the threshold and computes the figures. */
  public static GraderCalibration of(List<JudgedAnswer> judgements, Seeds seeds) {
    JudgedTriples triples = JudgedTriples.of(judgements);
    List<JudgedAnswer> choosing = half(triples.answers(), true);
    List<JudgedAnswer> reporting = half(triples.answers(), false);
    Checks.require(
        !choosing.isEmpty() && !reporting.isEmpty(),
        "calibration needs judged answers on both halves of the articles but got %d and %d",
        choosing.size(),
        reporting.size());
    List<Choice> choices =
        THRESHOLDS.stream()
            .map(t -> new Choice(t, total(new TokenRecall(t), choosing).kappa()))
            .toList();
    double threshold =
        choices.stream().max(Comparator.comparingDouble(Choice::kappa)).orElseThrow().threshold();
    List<AnswerGrader> graders =
        List.of(
            OfflineGrader.EXACT_MATCH,
            OfflineGrader.F1,
            OfflineGrader.CONTAINMENT,
            new TokenRecall(threshold));
    TaskBootstrap bootstrap = new TaskBootstrap(seeds);
    Counts counts =
        new Counts(
            triples.judgements(), triples.answers().size(), triples.repeated(), triples.disputed());
    return new GraderCalibration(
        counts,
        choices,
        threshold,
        figures(graders, choosing, bootstrap),
        figures(graders, reporting, bootstrap));
  }

  /** Articles fall into halves by the last bit of the SHA-256 of their titles. */
  static boolean isChoosing(String title) {
    String hash = ContentHash.ofText(title);
    return Character.digit(hash.charAt(hash.length() - 1), 16) % 2 == 0;
  }

  private static List<JudgedAnswer> half(List<JudgedAnswer> all, boolean choosing) {
    return all.stream().filter(answer -> isChoosing(answer.title()) == choosing).toList();
  }

  private static Half figures(
      List<AnswerGrader> graders, List<JudgedAnswer> answers, TaskBootstrap bootstrap) {
    List<Figures> figures = new ArrayList<>();
    for (AnswerGrader grader : graders) {
      List<Confusion> perArticle = perArticle(grader, answers);
      figures.add(
          new Figures(
              grader.label(),
              total(grader, answers),
              estimate(perArticle, Confusion::agreement, bootstrap).within(0, 1, bootstrap.level()),
              estimate(perArticle, Confusion::precision, bootstrap).within(0, 1, bootstrap.level()),
              estimate(perArticle, Confusion::recall, bootstrap).within(0, 1, bootstrap.level()),
              estimate(perArticle, Confusion::kappa, bootstrap).within(-1, 1, bootstrap.level())));
    }
    int articles = (int) answers.stream().map(JudgedAnswer::title).distinct().count();
    double right = answers.stream().mapToInt(a -> a.correct() ? 1 : 0).average().orElse(0);
    return new Half(articles, answers.size(), right, figures);
  }

  private static Estimate estimate(
      List<Confusion> articles, ToDoubleFunction<Confusion> figure, TaskBootstrap bootstrap) {
    return bootstrap.estimate(
        articles.size(),
        drawn -> {
          Confusion sum = Confusion.NONE;
          for (int article : drawn) {
            sum = sum.plus(articles.get(article));
          }
          return figure.applyAsDouble(sum);
        });
  }

  private static Confusion total(AnswerGrader grader, List<JudgedAnswer> answers) {
    return perArticle(grader, answers).stream().reduce(Confusion.NONE, Confusion::plus);
  }

  private static List<Confusion> perArticle(AnswerGrader grader, List<JudgedAnswer> answers) {
    Map<String, Confusion> articles = new TreeMap<>();
    for (JudgedAnswer one : answers) {
      boolean right = grader.grade(one.question(), List.of(one.gold()), one.answer()) >= RIGHT;
      articles.merge(one.title(), Confusion.NONE.and(right, one.correct()), Confusion::plus);
    }
    return List.copyOf(articles.values());
  }
}
