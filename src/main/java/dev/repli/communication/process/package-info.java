/**
 * What of the communication is modelled: the decision table of who is told how.
 *
 * <p>May use: communication, plan, run, journal, engine.
 */
@NullMarked
package dev.repli.communication.process;

import org.jspecify.annotations.NullMarked;
