/**
 * The writer switch as steps of WriterSwitchProcess.
 *
 * <p>May use: writerswitch, engine, run, plan.
 */
@NullMarked
package dev.repli.writerswitch.process;

import org.jspecify.annotations.NullMarked;
