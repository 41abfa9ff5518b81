package dev.repli.sample;

import java.time.Instant;

/** A number at a time. */
public record Point(Instant at, double value) {}
