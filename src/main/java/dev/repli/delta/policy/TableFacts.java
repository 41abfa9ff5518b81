package dev.repli.delta.policy;

/**
 * What is known of a table that has changes. Whatever could not be looked at counts as its worse
 * answer.
 *
 * @param table {@code schema.table}
 * @param travels its changes are on the source already, or on their way there by replication or by
 *     Repli's own stream, which was proved to be sound
 * @param importable an import into the source could write it
 * @param writtenOnSource the source has rows that it wrote by itself since the cutover, or nobody
 *     can say
 */
public record TableFacts(
    String table, boolean travels, boolean importable, boolean writtenOnSource) {}
