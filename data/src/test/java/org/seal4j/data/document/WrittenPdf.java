package org.seal4j.data.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** A PDF that a test writes, line by line. */
final class WrittenPdf {
  private static final float LINE = 14;

  private final List<List<String>> pages = new ArrayList<>();
  private String title = "";

  /** Adds a page; an empty line leaves a gap. */
  WrittenPdf page(String... lines) {
    pages.add(List.of(lines));
    return this;
  }

  WrittenPdf title(String words) {
    title = words;
    return this;
  }

  byte[] bytes() {
    return bytes("", new AccessPermission());
  }

  /** Encrypted; without a password everybody may open it, with these rights. */
  byte[] bytes(String password, AccessPermission rights) {
    try (PDDocument pdf = new PDDocument();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      for (List<String> lines : pages) {
        write(pdf, lines);
      }
      if (!title.isEmpty()) {
        pdf.getDocumentInformation().setTitle(title);
      }
      if (!password.isEmpty() || !rights.canExtractContent()) {
        pdf.protect(new StandardProtectionPolicy("owner", password, rights));
      }
      pdf.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(PDDocument pdf, List<String> lines) throws IOException {
    PDPage page = new PDPage();
    pdf.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
      content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 11);
      float y = 740;
      for (String line : lines) {
        if (!line.isEmpty()) {
          content.beginText();
          content.newLineAtOffset(60, y);
          content.showText(line);
          content.endText();
        }
        y -= line.isEmpty() ? 2 * LINE : LINE;
      }
    }
  }
}
