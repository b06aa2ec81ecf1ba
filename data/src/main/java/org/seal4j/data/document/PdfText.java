package org.seal4j.data.document;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.seal4j.data.check.Checks;

/**
 * The lines of the pages of a PDF. A page may draw a form that draws another one twice, and so on,
 * so that a small file draws for years; operations and characters are counted, and too many are
 * refused.
 */
final class PdfText extends PDFTextStripper {
  private static final int MOST_OPERATIONS = 20_000_000;
  private static final int MOST_DRAWINGS = 100_000;
  private static final int MOST_CHARACTERS = 1_000_000;

  /** Written by the stripper where a paragraph begins. */
  private static final String PARAGRAPH = "\u0002";

  private final Path file;
  private final int mostPages;
  private final StringWriter text = new StringWriter();
  private final List<List<PdfLine>> pages = new ArrayList<>();
  private int operations;
  private int drawings;
  private int characters;

  private PdfText(Path file, int mostPages) {
    this.file = file;
    this.mostPages = mostPages;
    setLineSeparator("\n");
    setParagraphStart(PARAGRAPH);
    setSuppressDuplicateOverlappingText(true);
  }

  /** The lines of each page, in the order in which the page writes them. */
  static List<List<PdfLine>> pages(PDDocument pdf, Path file, int mostPages) throws IOException {
    PdfText stripper = new PdfText(file, mostPages);
    stripper.writeText(pdf, stripper.text);
    return stripper.pages;
  }

  @Override
  protected void startPage(PDPage page) {
    Checks.require(
        getCurrentPageNo() <= mostPages, "%s has more than %d pages; divide it", file, mostPages);
    characters = 0;
  }

  @Override
  protected void endPage(PDPage page) {
    List<PdfLine> lines = new ArrayList<>();
    boolean first = false;
    for (String line : text.toString().split("\n", -1)) {
      first |= line.contains(PARAGRAPH);
      String words = CleanText.oneLine(line);
      if (!words.isEmpty()) {
        lines.add(new PdfLine(words, getCurrentPageNo(), first));
        first = false;
      }
    }
    pages.add(lines);
    text.getBuffer().setLength(0);
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    operations++;
    drawings += operator.getName().equals(OperatorName.DRAW_OBJECT) ? 1 : 0;
    Checks.require(
        operations <= MOST_OPERATIONS && drawings <= MOST_DRAWINGS,
        "%s draws without end: up to page %d it takes %d operations, %d of them draw forms; at most"
            + " %d and %d are followed",
        file,
        getCurrentPageNo(),
        operations,
        drawings,
        MOST_OPERATIONS,
        MOST_DRAWINGS);
    super.processOperator(operator, operands);
  }

  @Override
  protected void processTextPosition(TextPosition position) {
    characters++;
    Checks.require(
        characters <= MOST_CHARACTERS,
        "%s: page %d has more than %d characters",
        file,
        getCurrentPageNo(),
        MOST_CHARACTERS);
    super.processTextPosition(position);
  }
}
