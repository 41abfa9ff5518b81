/**
 * The reversibility meter's decision table and its place in the assessment.
 *
 * <p>May use: reversibility, rollback, journal, engine, run, plan.
 */
@NullMarked
package dev.repli.reversibility.process;

import org.jspecify.annotations.NullMarked;
