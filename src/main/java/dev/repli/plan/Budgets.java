package dev.repli.plan;

import java.time.Duration;

/**
 * Limits of the writer switch.
 *
 * @param lease after this the dead-man's switch re-opens the old writer by itself (default 10 s)
 * @param fenceLockWait one attempt to fence waits this long for a running write (default 1 s)
 * @param writeOutage predicted outage above which the switch refuses to start (default 5 s)
 * @param gate the new writer must answer a wait for the old one's position within this before
 *     anything is held (default 3 ms)
 * @param gateWait how long to wait for the gate before giving up, nothing changed (default 5 s)
 * @param wholeRun expected duration of the whole run, for the overrun timer
 */
public record Budgets(
    Duration lease,
    Duration fenceLockWait,
    Duration writeOutage,
    Duration gate,
    Duration gateWait,
    Duration wholeRun) {}
