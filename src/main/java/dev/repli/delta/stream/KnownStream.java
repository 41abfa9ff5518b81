package dev.repli.delta.stream;

import java.time.Instant;

/**
 * A stream that was ordered.
 *
 * @param wanted whether it shall run
 * @param owner which Repli has it; empty for none
 * @param until until when; another may take it afterwards
 */
public record KnownStream(
    StreamOrder order, boolean wanted, String owner, Instant until, StreamReport report) {}
