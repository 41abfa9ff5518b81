/**
 * Alerts in Repli's own database.
 *
 * <p>May use: incident, plan, run.
 */
@NullMarked
package dev.repli.incident.jdbc;

import org.jspecify.annotations.NullMarked;
