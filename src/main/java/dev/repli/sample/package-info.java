/**
 * Numbers over time: what Repli looks at anyway, kept for a week, so that people can see afterwards
 * how it went.
 *
 * <p>May use: plan, monitor, criteria, schedule.
 */
@NullMarked
package dev.repli.sample;

import org.jspecify.annotations.NullMarked;
