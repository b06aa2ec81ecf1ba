package org.seal4j.data.squad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;

/**
 * Articles for three uses, by the hash of their titles and whatever the seed, so that what is held
 * out stays held out. Passages of one article share a use.
 *
 * @param loop articles that a policy is reinforced on
 * @param development articles that are looked at while settings are chosen
 * @param confirmation articles for the figures that are published
 */
public record ArticleSplit(
    List<List<Passage>> loop, List<List<Passage>> development, List<List<Passage>> confirmation) {
  private static final String SALT = "seal4j articles 1";
  private static final int USES = 3;

  public ArticleSplit {
    loop = List.copyOf(loop);
    development = List.copyOf(development);
    confirmation = List.copyOf(confirmation);
  }

  /**
   * Splits passages by their titles.
   *
   * @param loop share of the articles for the loop
   * @param development share for development; the rest is for confirmation
   * @throws org.seal4j.data.check.InputException where there are too few articles
   */
  public static ArticleSplit of(List<Passage> passages, double loop, double development) {
    List<List<Passage>> articles = articles(passages);
    int n = articles.size();
    Checks.require(
        n >= USES,
        "there are passages of %s, but the loop, development and confirmation need one each",
        Amount.of(n, "article"));
    int first = Math.max(1, Math.min(n - 2, (int) Math.round(loop * n)));
    int second = Math.max(1, Math.min(n - first - 1, (int) Math.round(development * n)));
    return new ArticleSplit(
        articles.subList(0, first),
        articles.subList(first, first + second),
        articles.subList(first + second, n));
  }

  /** The passages of each article, the articles in the order of the hashes of their titles. */
  public static List<List<Passage>> articles(List<Passage> passages) {
    Map<String, List<Passage>> byTitle =
        new TreeMap<>(Comparator.comparing(ArticleSplit::order).thenComparing(title -> title));
    passages.forEach(p -> byTitle.computeIfAbsent(p.title(), t -> new ArrayList<>()).add(p));
    return List.copyOf(byTitle.values());
  }

  private static String order(String title) {
    return ContentHash.ofTexts(List.of(SALT, title));
  }
}
