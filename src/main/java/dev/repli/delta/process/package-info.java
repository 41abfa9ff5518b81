/**
 * The decision table for policies, and the decision of conflicts as steps of its process.
 *
 * <p>May use: delta, delta.policy, engine, run, plan.
 */
@NullMarked
package dev.repli.delta.process;

import org.jspecify.annotations.NullMarked;
