package org.seal4j.data.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.document.Document.Section;

/**
 * Reads the text of a PDF, page by page. Its title is the one of its properties, unless a program
 * made it of a file name. Text in pictures is not read.
 */
final class PdfFile {
  /** A PDF may begin behind some bytes of others. */
  private static final int HEAD = 1024;

  private static final Pattern NO_TITLE =
      Pattern.compile(
          "(?i)untitled.*|microsoft \\w+ - .*|(?:powerpoint|word) .*|slide 1|\\S+\\.\\w{2,5}");

  private PdfFile() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    Checks.require(file.bytes().length > 0, "%s is empty", file.path());
    String head =
        new String(
            file.bytes(), 0, Math.min(HEAD, file.bytes().length), StandardCharsets.ISO_8859_1);
    Checks.require(
        head.contains("%PDF-"), "%s is no PDF: it does not begin with '%%PDF-'", file.path());
    PdfStreams.requireBounded(file.bytes(), file.path());
    try {
      return List.of(PdfFonts.bundledOnly(() -> loaded(file, limits)));
    } catch (InvalidPasswordException e) {
      throw new InputException(
          "%s is encrypted with a password; save it without one".formatted(file.path()), e);
    } catch (LinkageError e) { // the library for certificates, which does not come with Seal4J
      throw new InputException(
          "%s is encrypted with a certificate; save it without".formatted(file.path()), e);
    } catch (IOException e) {
      throw damaged(file, e);
    } catch (RuntimeException e) {
      throw e instanceof InputException ? e : damaged(file, e);
    }
  }

  private static Document loaded(DocumentFile file, DocumentLimits limits) throws IOException {
    try (PDDocument pdf = Loader.loadPDF(file.bytes())) {
      return document(file, pdf, limits);
    }
  }

  private static Document document(DocumentFile file, PDDocument pdf, DocumentLimits limits)
      throws IOException {
    Checks.require(
        pdf.getCurrentAccessPermission().canExtractContent(),
        "%s forbids that its text is taken out; ask its author for a copy that allows it",
        file.path());
    Checks.require(
        pdf.getNumberOfPages() > 0,
        "%s is damaged: it has no page; take it from where it comes from once more",
        file.path());
    List<PdfLine> lines = PdfMargins.without(PdfText.pages(pdf, file.path(), limits.pages()));
    Checks.require(
        !lines.isEmpty(),
        "%s has no text: its %d pages hold pictures or nothing; run OCR on it first",
        file.path(),
        pdf.getNumberOfPages());
    return Document.of(
        file.name(),
        title(pdf, file.title()),
        List.of(new Section(List.of(), PdfParagraphs.of(lines))));
  }

  private static String title(PDDocument pdf, String otherwise) {
    String title = pdf.getDocumentInformation().getTitle();
    String words = title == null ? "" : CleanText.oneLine(title);
    return words.isEmpty() || NO_TITLE.matcher(words).matches() ? otherwise : words;
  }

  private static InputException damaged(DocumentFile file, Exception e) {
    return new InputException(
        "%s cannot be read as a PDF: it is damaged or cut short; open it in a viewer and save it"
                .formatted(file.path())
            + " again",
        e);
  }
}
