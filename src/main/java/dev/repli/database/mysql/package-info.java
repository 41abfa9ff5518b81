/**
 * MySQL's statements behind the database port: what a switch needs.
 *
 * <p>May use: database, database.jdbc, database.survey, plan.
 *
 * <p>Measured on 9.7.4: a SLEEP ends early when its client is gone (one of 12 s fired 3.8 s after
 * {@code kill -9}, not 11), a loop of short ones does not (10.9 s). So the dead-man's switch is a
 * procedure that loops; it lives in {@code repli_probe} and comes with the probe's table, which has
 * to be prepared on the writer before the first switch.
 */
@NullMarked
package dev.repli.database.mysql;

import org.jspecify.annotations.NullMarked;
