/**
 * What happens to the changes of each table on the way back: the plan's word first, then the team's
 * decision table {@code DeltaPolicy}.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.delta.policy;

import org.jspecify.annotations.NullMarked;
