/**
 * Files that are whole or not there, and the hashes that say which content they hold.
 *
 * <p>Entry types: {@link org.seal4j.data.file.AtomicFile}, {@link
 * org.seal4j.data.file.ContentHash}. May import {@code data.check} alone.
 */
@Experimental
@NullMarked
package org.seal4j.data.file;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
