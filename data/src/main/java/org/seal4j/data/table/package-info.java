/**
 * Tables on disk: documented schemas, strict rows, and two ways to keep them as Arrow IPC.
 *
 * <p>Entry types: {@link org.seal4j.data.table.TableSchema} (what a table holds), {@link
 * org.seal4j.data.table.ArrowTable} (a whole table, written at once), {@link
 * org.seal4j.data.table.RowLog} (rows that are appended one by one and survive a kill). The same
 * rows always make the same bytes; no file holds a time.
 *
 * <p>Only this package imports Arrow, and no Arrow type leaves it. May not be imported here: ND4J.
 */
@Experimental
@NullMarked
package org.seal4j.data.table;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
