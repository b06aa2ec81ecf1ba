/**
 * Self-edits: what a policy writes to change itself, the schema that bounds it, and the two written
 * forms (strict JSON, configuration symbols) with a named reason for everything malformed.
 *
 * <p>Entry types: {@link org.seal4j.rl.edit.EditSchema} (which choices exist), {@link
 * org.seal4j.rl.edit.FewShotEditJson} and {@link org.seal4j.rl.edit.EditTokens} (writing and
 * reading); of passages {@link org.seal4j.rl.edit.KnowledgeEdit} (free text), {@link
 * org.seal4j.rl.edit.TrainingSequences} (the training data made of it), {@link
 * org.seal4j.rl.edit.PromptKinds} (how it is asked for) and {@link
 * org.seal4j.rl.edit.ClosedBookPrompt} (how a question is put). May not be imported here: ND4J,
 * Arrow, the model and lora rooms, other packages of rl.
 */
@NullMarked
package org.seal4j.rl.edit;

import org.jspecify.annotations.NullMarked;
