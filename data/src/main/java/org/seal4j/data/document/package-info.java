/**
 * Documents of users as passages to learn: files and folders in, titled passages with their sources
 * out (docs/documents.md).
 *
 * <p>Entry type: {@link org.seal4j.data.document.Documents}. May not be imported here: tensors,
 * tables, tokenizers, and any other data package but {@code check}, {@code file}, {@code json} and
 * {@code squad}.
 */
@Experimental
@NullMarked
package org.seal4j.data.document;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
