/**
 * What of the communication is modelled: the decision table of who is told how, and the approval of
 * messages that wait for people.
 *
 * <p>May use: communication, plan, run, journal, engine, engine.hardening.
 */
@NullMarked
package dev.repli.communication.process;

import org.jspecify.annotations.NullMarked;
