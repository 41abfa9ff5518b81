package dev.repli.delta.conflict;

import java.time.Instant;

/**
 * A decision about one row's held changes.
 *
 * @param group of the held changes
 * @param through number of the last change that it covers; later ones of the row are another
 *     conflict
 * @param who decided, or proposed the rule that did
 * @param rule id of the rule; empty when a person decided about this row alone
 */
public record Decision(
    long group, long through, Answer answer, String who, String rule, Instant at) {}
