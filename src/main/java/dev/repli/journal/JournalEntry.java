package dev.repli.journal;

import dev.repli.run.RunKey;
import java.time.Instant;

/**
 * One link of a run's chain.
 *
 * @param seq 1, 2, 3, … within the run
 * @param hash SHA-256 (hex) over the previous hash and this entry's content
 */
public record JournalEntry(
    RunKey run, long seq, Instant at, Evidence evidence, String previousHash, String hash) {}
