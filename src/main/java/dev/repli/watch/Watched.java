package dev.repli.watch;

import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Optional;

/**
 * One watch.
 *
 * @param run the watch's own
 * @param rollback which it follows; empty when somebody started the watch by hand
 * @param since end of that rollback
 * @param dryRun no incident is reported
 * @param round counted from 0; the same one when the engine repeats the step after a kill
 */
public record Watched(
    RunKey run, Optional<RunKey> rollback, Instant since, boolean dryRun, long round) {}
