package dev.repli.database;

/**
 * A statement that a dry run would have sent: to which node, and its exact text without secrets.
 */
public record PlannedAct(String node, String statement) {}
