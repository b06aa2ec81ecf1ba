/**
 * What tests of domains need: a policy that writes given texts, a chat service on this machine.
 * Travels as the test-jar of this module.
 */
@NullMarked
package org.seal4j.rl.testing;

import org.jspecify.annotations.NullMarked;
