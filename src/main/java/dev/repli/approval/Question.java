package dev.repli.approval;

import dev.repli.plan.Plan;
import java.time.Instant;
import java.util.Optional;

/**
 * A question that waits for an answer.
 *
 * @param requestedBy who asked for the run
 * @param fingerprint of the plan and runbooks now
 * @param askedAt when the task was made
 * @param needsFirst whether this is the second of two
 * @param first the newest answer to the first question, when this is the second
 */
public record Question(
    String id,
    Plan plan,
    String requestedBy,
    String fingerprint,
    Instant askedAt,
    boolean needsFirst,
    Optional<Approval> first) {}
