/**
 * The reversibility meter's decision table and its place in the assessment.
 *
 * <p>May use: reversibility, engine, run, plan.
 */
@NullMarked
package dev.repli.reversibility.process;

import org.jspecify.annotations.NullMarked;
