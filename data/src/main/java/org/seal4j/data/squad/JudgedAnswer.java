package org.seal4j.data.squad;

/**
 * An answer and what a judge said about it.
 *
 * @param title of the article that the question is about
 * @param question as it was asked
 * @param gold the accepted answer that the judge was given
 * @param answer what the model wrote
 * @param correct the verdict
 */
public record JudgedAnswer(
    String title, String question, String gold, String answer, boolean correct) {}
