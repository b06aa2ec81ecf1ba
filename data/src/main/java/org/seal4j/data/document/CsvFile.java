package org.seal4j.data.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.document.Document.Place;

/**
 * Reads CSV (RFC 4180), divided by commas, semicolons or tabs: the first row names the columns, one
 * of them {@code text}, one perhaps {@code title}; every other row is a document.
 */
final class CsvFile {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

  private CsvFile() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    String text = file.text();
    for (char delimiter : DELIMITERS) {
      List<String> columns = columns(text, delimiter);
      if (columns.contains("text")) {
        return documents(file, text, delimiter, columns);
      }
    }
    throw Checks.refuse(
        "%s has the columns %s; one of them must be named 'text', and one may be named 'title'",
        file.path(), Shown.names(columns(text, ',')));
  }

  private static List<String> columns(String text, char delimiter) {
    try (CSVParser rows = rows(text, delimiter)) {
      List<String> columns = new ArrayList<>();
      for (String name : rows.iterator().next()) {
        columns.add(name.strip().toLowerCase(Locale.ROOT));
      }
      return columns;
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static CSVParser rows(String text, char delimiter) throws IOException {
    return CSVParser.parse(text, CSVFormat.RFC4180.builder().setDelimiter(delimiter).get());
  }

  private static List<Document> documents(
      DocumentFile file, String text, char delimiter, List<String> columns) {
    List<Document> documents = new ArrayList<>();
    int row = 0; // 0 names the columns
    try (CSVParser rows = rows(text, delimiter)) {
      for (CSVRecord cells : rows) {
        boolean blank = cells.size() == 1 && cells.get(0).isBlank();
        if (row > 0 && !blank) {
          Checks.require(
              cells.size() == columns.size(),
              "%s: row %d has %d cells, but there are %d columns; quote cells that hold a '%s'",
              file.path(),
              row,
              cells.size(),
              columns.size(),
              delimiter == '\t' ? "tab" : delimiter);
          documents.add(document(file, row, cells, columns));
        }
        row++;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          "%s: row %d is no CSV, most likely because a quotation mark is not closed or not doubled"
              .formatted(file.path(), row),
          e);
    }
    Checks.require(!documents.isEmpty(), "%s has no rows below the names of columns", file.path());
    return documents;
  }

  private static Document document(
      DocumentFile file, int row, CSVRecord cells, List<String> columns) {
    String text = cells.get(columns.indexOf("text"));
    Checks.require(
        !text.isBlank(),
        "%s: row %d has no text; fill the cell or take the row out",
        file.path(),
        row);
    int column = columns.indexOf("title");
    String title = column < 0 ? "" : CleanText.oneLine(cells.get(column));
    return new Document(
        file.name() + "#" + row,
        file.name(),
        title.isEmpty() ? file.title() : title,
        PlainText.section(text, new Place("row", row)),
        List.of());
  }
}
