package dev.repli.sample;

/** What is kept over time. */
public enum Series {
  /** Seconds that the replica is behind; nothing while nobody replicates. */
  LAG,
  /** Share of failing requests, 0 to 1. */
  ERROR_RATE,
  /** How many nodes of the plan accept application writes: 1 is right. */
  WRITERS
}
