package org.seal4j.data.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.seal4j.data.check.Checks;

/**
 * Ranks passages by the words that they share with a question: BM25 (Robertson and Zaragoza 2009,
 * "The Probabilistic Relevance Framework: BM25 and Beyond", with k1 = 1.2 and b = 0.75) by Lucene.
 * The index is made of the texts when it is opened and lives in memory, so that it cannot be older
 * than they are. The order in which passages are given does not matter.
 *
 * <pre>{@code
 * try (PassageIndex index = PassageIndex.of(entries)) {
 *   index.search("Who built the mill?", 3).forEach(hit -> System.out.println(hit.id()));
 * }
 * }</pre>
 */
public final class PassageIndex implements AutoCloseable {
  /**
   * Lucene says at its first use that it cannot use the Vector API of Java 17. It needs that for
   * vectors alone, which nothing here is. Kept, since the JDK forgets the levels of unused loggers.
   */
  private static final Logger VECTORS =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    VECTORS.setLevel(Level.SEVERE);
  }

  private static final String TEXT = "text";
  private static final String PLACE = "place";

  /** Best score first; of equal ones the first id. */
  private static final Sort BY_SCORE =
      new Sort(SortField.FIELD_SCORE, new SortField(PLACE, SortField.Type.LONG));

  private final EnglishWords words = new EnglishWords();
  private final ByteBuffersDirectory memory = new ByteBuffersDirectory();
  private final List<String> ids;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  /**
   * A passage.
   *
   * @param id of its own
   * @param text all that is searched, the title included
   */
  public record Entry(String id, String text) {}

  /**
   * A passage that shares a word with the question.
   *
   * @param score of BM25, above 0
   */
  public record Hit(String id, double score) {}

  private PassageIndex(List<Entry> entries) throws IOException {
    List<Entry> sorted = entries.stream().sorted(Comparator.comparing(Entry::id)).toList();
    ids = sorted.stream().map(Entry::id).toList();
    IndexWriterConfig how = new IndexWriterConfig(words.analyzer());
    how.setMergeScheduler(new SerialMergeScheduler()); // no threads
    how.setSimilarity(new BM25Similarity());
    try (IndexWriter writer = new IndexWriter(memory, how)) {
      for (int i = 0; i < sorted.size(); i++) {
        Document document = new Document();
        document.add(new TextField(TEXT, sorted.get(i).text(), Field.Store.NO));
        document.add(new NumericDocValuesField(PLACE, i));
        writer.addDocument(document);
      }
    }
    reader = DirectoryReader.open(memory);
    searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity());
  }

  /** Makes an index of passages, whose ids must differ. */
  public static PassageIndex of(List<Entry> entries) {
    Checks.require(!entries.isEmpty(), "there is no passage to be searched; give one at least");
    List<String> sorted = entries.stream().map(Entry::id).sorted().toList();
    for (int i = 1; i < sorted.size(); i++) {
      Checks.require(
          !sorted.get(i).equals(sorted.get(i - 1)),
          "two passages have the id %s; give each its own",
          sorted.get(i));
    }
    try {
      return new PassageIndex(entries);
    } catch (IOException e) {
      throw inMemory(e);
    }
  }

  /**
   * The passages that share a word with the question, best first; of equal scores the first id.
   *
   * @param top how many at most, at least 1
   */
  public List<Hit> search(String question, int top) {
    Checks.require(top >= 1, "at least one passage must be asked for but it was %d", top);
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    Set<String> asked = words.of(TEXT, question);
    asked.forEach(
        word -> query.add(new TermQuery(new Term(TEXT, word)), BooleanClause.Occur.SHOULD));
    if (asked.isEmpty()) {
      return List.of();
    }
    try {
      List<Hit> hits = new ArrayList<>();
      for (ScoreDoc found : searcher.search(query.build(), top, BY_SCORE).scoreDocs) {
        Object[] sorted = ((FieldDoc) found).fields;
        hits.add(new Hit(ids.get(((Long) sorted[1]).intValue()), (Float) sorted[0]));
      }
      return hits;
    } catch (IOException e) {
      throw inMemory(e);
    }
  }

  /**
   * The weight (idf) of a word that is in no passage: the unit in which scores of indexes of
   * different sizes can be compared. Weights grow with the number of passages, and this with them.
   */
  public double rarest() {
    return Math.log(1 + (reader.numDocs() + 0.5) / 0.5);
  }

  private static UncheckedIOException inMemory(IOException e) {
    return new UncheckedIOException("an index in memory cannot fail", e);
  }

  @Override
  public void close() {
    try {
      reader.close();
      memory.close();
      words.close();
    } catch (IOException e) {
      throw inMemory(e);
    }
  }
}
