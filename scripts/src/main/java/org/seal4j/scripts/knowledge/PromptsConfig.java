package org.seal4j.scripts.knowledge;

/**
 * How the model is asked.
 *
 * @param edit what it goes on from with a self-edit; holds {@code {context}}, may hold {@code
 *     {title}}
 * @param question what it goes on from with an answer; holds {@code {question}}, may hold {@code
 *     {title}}
 * @param maxTokens longest sequence in tokens
 */
public record PromptsConfig(String edit, String question, int maxTokens) {}
