/**
 * Moving read traffic to the target in steps, each judged by what a reader through the routes sees.
 *
 * <p>May use: plan, database, route, journal, run, rollback, criteria, schedule.
 */
@NullMarked
package dev.repli.reads;

import org.jspecify.annotations.NullMarked;
