/**
 * What tests of several modules need: the real data beside the repository, printed seeds, random
 * sequences, folders of grid tasks, a hub of models. Travels as the test-jar of this module.
 */
package org.seal4j.data.testing;
