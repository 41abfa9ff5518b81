/**
 * The words of messages, from templates.
 *
 * <p>May use: communication, plan.
 */
@NullMarked
package dev.repli.communication.wording;

import org.jspecify.annotations.NullMarked;
