/**
 * Checks before a change, and through the rollback window: what would break it, who has to mend
 * what. One small class per check, in one package per group; changes nothing.
 *
 * <p>May use: plan, database, database.survey, route, journal, run, comparison.
 */
@NullMarked
package dev.repli.guardrail;

import org.jspecify.annotations.NullMarked;
