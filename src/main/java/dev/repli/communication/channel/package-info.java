/**
 * Channels: mail over SMTP, and posts to Slack, Teams, PagerDuty and any other address.
 *
 * <p>May use: communication, plan.
 */
@NullMarked
package dev.repli.communication.channel;

import org.jspecify.annotations.NullMarked;
