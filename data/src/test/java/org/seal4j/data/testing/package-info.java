/**
 * What tests of several modules need: the real data beside the repository, printed seeds, random
 * sequences, folders of grid tasks. Travels as the test-jar of this module.
 */
package org.seal4j.data.testing;
