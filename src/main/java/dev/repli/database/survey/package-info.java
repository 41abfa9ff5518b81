/**
 * Everything that guardrails read of one database server, read once: a snapshot in sections, each
 * of which was read or says why not.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.database.survey;

import org.jspecify.annotations.NullMarked;
