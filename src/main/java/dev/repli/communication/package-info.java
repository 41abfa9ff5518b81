/**
 * Who is told what: messages are found in the journal, kept in an outbox, and delivered by channels
 * that may be slow or dead without holding any run up.
 *
 * <p>A runbook says nothing to a channel. It writes its journal; {@link
 * dev.repli.communication.Correspondent} reads it and writes the outbox, {@link
 * dev.repli.communication.Postman} delivers. Both go on where they were after a crash: a message is
 * delivered at least once, and the same news is one message.
 *
 * <p>May use: plan, run, journal, schedule.
 */
@NullMarked
package dev.repli.communication;

import org.jspecify.annotations.NullMarked;
