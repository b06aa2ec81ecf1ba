package org.seal4j.rl.reward;

/**
 * How well a learned reward foresaw a round, before it learned from it.
 *
 * @param round its number, from 1
 * @param known self-edits that it had learned from
 * @param correlation mean over contexts of the rank correlation (Spearman) of predicted and
 *     measured worths of the examined self-edits; NaN where none is defined
 * @param contexts over which the mean is
 * @param foreseen mean reward of the self-edits that were kept for what they were predicted; NaN
 *     where there are none
 * @param foreseenCount how many these are
 * @param chance mean reward of those that were kept by chance; NaN where there are none
 * @param chanceCount how many these are
 */
public record ScreenedRound(
    int round,
    int known,
    double correlation,
    int contexts,
    double foreseen,
    int foreseenCount,
    double chance,
    int chanceCount) {}
