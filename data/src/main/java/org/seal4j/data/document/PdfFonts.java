package org.seal4j.data.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * The fonts that PDFBox takes for those that a PDF does not hold. By itself it looks through all
 * fonts of the machine and writes a list of them into the user's home; for text their shapes do not
 * matter, so that while a PDF is read here, the one font that comes with PDFBox does for all.
 * Others in the same process who use PDFBox get what they got before.
 */
final class PdfFonts implements FontMapper {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  /** Set in threads that read a PDF here. */
  private static final ThreadLocal<TrueTypeFont> BUNDLED = new ThreadLocal<>();

  static {
    FontMappers.set(new PdfFonts(FontMappers.instance()));
  }

  private final FontMapper others;

  private PdfFonts(FontMapper others) {
    this.others = others;
  }

  /** What is done with a PDF. */
  @FunctionalInterface
  interface Reading {
    /** Reads it. */
    Document read() throws IOException;
  }

  /** What the reading gives; while it goes on, this thread looks at no fonts of the machine. */
  static Document bundledOnly(Reading reading) throws IOException {
    try (InputStream in = Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT))) {
      BUNDLED.set(new TTFParser().parse(new RandomAccessReadBuffer(in)));
      return reading.read();
    } finally {
      BUNDLED.remove();
    }
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor descriptor) {
    TrueTypeFont bundled = BUNDLED.get();
    return bundled == null
        ? others.getTrueTypeFont(name, descriptor)
        : new FontMapping<>(bundled, true);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor descriptor) {
    FontBoxFont bundled = BUNDLED.get();
    return bundled == null
        ? others.getFontBoxFont(name, descriptor)
        : new FontMapping<>(bundled, true);
  }

  @Override
  public CIDFontMapping getCIDFont(
      String name, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
    FontBoxFont bundled = BUNDLED.get();
    return bundled == null
        ? others.getCIDFont(name, descriptor, system)
        : new CIDFontMapping(null, bundled, true);
  }
}
