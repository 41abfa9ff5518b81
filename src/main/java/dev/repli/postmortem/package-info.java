/**
 * After a rollback: what happened, drafted from what is known at once, finished by people, and
 * followed by what they promised.
 *
 * <p>Nothing in a rollback starts this or waits for it: {@link
 * dev.repli.postmortem.FindEndedRollbacks} looks for rollbacks that have ended.
 *
 * <p>May use: plan, run, journal, communication, rollback, release, sample, schedule.
 */
@NullMarked
package dev.repli.postmortem;

import org.jspecify.annotations.NullMarked;
