/**
 * Who comes in and what they may do: one log-in for Tasklist, Cockpit, Admin, the engine's REST and
 * Repli's own, roles with their authorisations, the administrator, the demo's people.
 *
 * <p>May use: engine, engine.hardening, plan, run.
 */
@NullMarked
package dev.repli.engine.access;

import org.jspecify.annotations.NullMarked;
