/**
 * Approval rules enforced inside the engine's own commands.
 *
 * <p>May use: approval, engine, engine.hardening, run, plan, journal.
 */
@NullMarked
package dev.repli.approval.process;

import org.jspecify.annotations.NullMarked;
