/**
 * Runs as process instances of the engine.
 *
 * <p>May use: run, plan, journal, engine, schedule.
 */
@NullMarked
package dev.repli.run.process;

import org.jspecify.annotations.NullMarked;
