package org.seal4j.rl.study;

/**
 * A question that a model wrote about a passage, and its answer with the passage in front of it.
 *
 * @param passage id of the passage
 * @param kind what was asked for
 * @param text the question, one line
 * @param answer by the model that reads the passage
 */
public record StudyQuestion(String passage, QuestionKind kind, String text, Answered answer) {}
