/**
 * Long work as external tasks of the engine, done inside Repli.
 *
 * <p>May use: longwork, run, plan, host, engine.
 */
@NullMarked
package dev.repli.longwork.process;

import org.jspecify.annotations.NullMarked;
