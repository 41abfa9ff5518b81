/**
 * The replication set-up as steps of its process.
 *
 * <p>May use: replication, engine, run, plan.
 */
@NullMarked
package dev.repli.replication.process;

import org.jspecify.annotations.NullMarked;
