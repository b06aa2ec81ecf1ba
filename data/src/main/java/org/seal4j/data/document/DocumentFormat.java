package org.seal4j.data.document;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What kinds of files are read, by their endings. */
enum DocumentFormat {
  TEXT(PlainText::read, "txt", "text"),
  MARKDOWN(MarkdownFile::read, "md", "markdown"),
  HTML(HtmlFile::read, "html", "htm", "xhtml"),
  PDF(PdfFile::read, "pdf"),
  CSV(CsvFile::read, "csv"),
  JSON_LINES(JsonLinesFile::read, "jsonl"),
  /** SQuAD's and SEAL's. */
  JSON(PassagesFile::read, "json");

  /** Reads the documents of a file. */
  @Immutable
  @FunctionalInterface
  interface Reader {
    /**
     * The documents of a file; none where it has no text.
     *
     * @throws org.seal4j.data.check.InputException where it is not what its ending says
     */
    List<Document> read(DocumentFile file, DocumentLimits limits);
  }

  private final Reader reader;
  private final String endings; // divided by ", "

  DocumentFormat(Reader reader, String... endings) {
    this.reader = reader;
    this.endings = String.join(", ", endings);
  }

  /** The format of a file of this name; empty where no reader knows its ending. */
  static Optional<DocumentFormat> of(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> List.of(format.endings.split(", ", -1)).contains(ending))
        .findFirst();
  }

  /** All endings, for messages. */
  static String endings() {
    return Arrays.stream(values()).map(format -> format.endings).collect(Collectors.joining(", "));
  }

  List<Document> read(DocumentFile file, DocumentLimits limits) {
    return reader.read(file, limits);
  }
}
