package org.seal4j.data.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of a text as they are searched for: lower case, without endings (Porter's stemmer) and
 * without the commonest ones. Words of other languages stay as they are but for English endings.
 */
final class EnglishWords implements AutoCloseable {
  /** Lucene has a limit on the words of a query. */
  private static final int MOST = 1024;

  private final Analyzer analyzer = new EnglishAnalyzer();

  Analyzer analyzer() {
    return analyzer;
  }

  /** The words of a question, each once, as they follow each other; of a text the first ones. */
  Set<String> of(String field, String text) {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream tokens = analyzer.tokenStream(field, text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (words.size() < MOST && tokens.incrementToken()) {
        words.add(word.toString());
      }
      tokens.end();
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  @Override
  public void close() {
    analyzer.close();
  }
}
