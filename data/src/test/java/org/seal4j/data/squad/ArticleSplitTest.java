package org.seal4j.data.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class ArticleSplitTest {
  private static List<Passage> passages(int articles, int each) {
    List<Passage> all = new ArrayList<>();
    for (int i = 0; i < articles; i++) {
      for (int k = 0; k < each; k++) {
        all.add(new Passage("t" + i + "/" + k, "Title " + i, "Text " + k, List.of()));
      }
    }
    return all;
  }

  private static Set<String> titles(List<List<Passage>> articles) {
    Set<String> titles = new TreeSet<>();
    articles.forEach(article -> article.forEach(passage -> titles.add(passage.title())));
    return titles;
  }

  @Test
  void every_article_has_one_use_whatever_the_order_of_the_passages() {
    List<Passage> all = passages(40, 3);
    ArticleSplit split = ArticleSplit.of(all, 0.25, 0.25);
    assertThat(split.loop()).hasSize(10);
    assertThat(split.development()).hasSize(10);
    assertThat(split.confirmation()).hasSize(20);
    Set<String> together = new TreeSet<>();
    Stream.of(split.loop(), split.development(), split.confirmation())
        .forEach(use -> together.addAll(titles(use)));
    assertThat(together).hasSize(40);
    Collections.reverse(all);
    ArticleSplit other = ArticleSplit.of(all, 0.25, 0.25);
    assertThat(titles(other.loop())).isEqualTo(titles(split.loop()));
    assertThat(titles(other.confirmation())).isEqualTo(titles(split.confirmation()));
  }

  @Test
  void no_use_stays_empty() {
    ArticleSplit split = ArticleSplit.of(passages(3, 1), 0.9, 0.05);
    assertThat(List.of(split.loop().size(), split.development().size())).containsOnly(1);
    assertThat(split.confirmation()).hasSize(1);
    assertThatThrownBy(() -> ArticleSplit.of(passages(2, 5), 0.3, 0.3))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "there are passages of 2 articles, but the loop, development and confirmation need one"
                + " each");
  }
}
