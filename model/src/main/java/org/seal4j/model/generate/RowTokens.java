package org.seal4j.model.generate;

import java.util.List;

/**
 * What a row holds before its next token.
 *
 * @param read the prompt's ids
 * @param written the answer so far
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record RowTokens(int[] read, List<Choice> written) {}
