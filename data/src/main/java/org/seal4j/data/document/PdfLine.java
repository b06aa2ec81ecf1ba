package org.seal4j.data.document;

/**
 * A line of a page.
 *
 * @param text not blank, with single blanks
 * @param page from 1
 * @param first whether a paragraph begins here, as far as the distances on the page show
 */
record PdfLine(String text, int page, boolean first) {}
