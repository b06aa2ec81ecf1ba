/**
 * What a run shows at its end: one {@link org.seal4j.eval.report.Results} table, as a page ({@link
 * org.seal4j.eval.report.ReportWriter}, {@code report.html}), for machines ({@link
 * org.seal4j.eval.report.SummaryJson}, {@code summary.json}) and for the terminal ({@link
 * org.seal4j.eval.report.ConsoleTable}).
 *
 * <p>A {@link org.seal4j.eval.report.Report} is the table and a list of {@link
 * org.seal4j.eval.report.Section}s: those of {@link org.seal4j.eval.report.Sections}, {@link
 * org.seal4j.eval.report.Preferences}, and any that an experiment writes itself with {@link
 * org.seal4j.eval.report.Html}, which escapes all it is given.
 *
 * <p>The page is one file without scripts, fonts or addresses of the network, and depends on the
 * report alone: the same report gives the same bytes on every machine. Pictures are therefore drawn
 * as SVG here and not with AWT, whose text depends on the fonts of the machine.
 *
 * <p>May not be imported here: ND4J, Arrow, AWT.
 */
@Experimental
@NullMarked
package org.seal4j.eval.report;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
