/**
 * The decision table for policies, and the decision of conflicts as steps of its process.
 *
 * <p>May use: database, delta, delta.imports, delta.policy, delta.conflict, engine,
 * engine.hardening, run, plan.
 */
@NullMarked
package dev.repli.delta.process;

import org.jspecify.annotations.NullMarked;
