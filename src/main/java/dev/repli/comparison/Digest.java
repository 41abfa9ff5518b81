package dev.repli.comparison;

/**
 * What rows amount to, in whatever order they were read.
 *
 * @param value each row's checksum multiplied, then combined: a plain exclusive-or of CRCs is
 *     linear, so that two rows which swapped a value would look unchanged
 */
public record Digest(long rows, long value) {}
