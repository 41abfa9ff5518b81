/**
 * The reversibility meter: which ways back are open now, how long each takes, what each loses, and
 * what will close it. Measured, never asked; looks only.
 *
 * <p>A new way back is one more {@link dev.repli.reversibility.MeasureWay}; which one is preferred
 * is the decision table {@code RollbackStrategy}.
 *
 * <p>May use: rollback, plan, database, journal, run, monitor, delta.stream, schedule.
 */
@NullMarked
package dev.repli.reversibility;

import org.jspecify.annotations.NullMarked;
