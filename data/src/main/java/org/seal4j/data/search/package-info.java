/**
 * Which of many short texts a question is about, by its words. Entry type: {@link
 * org.seal4j.data.search.PassageIndex}. Lucene stays in here; may not be imported here: any other
 * data package but {@code check}.
 */
@Experimental
@NullMarked
package org.seal4j.data.search;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
