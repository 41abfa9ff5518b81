package dev.repli.plan;

/**
 * Who decides in a role, and who stands in.
 *
 * @param role an engine group of {@link ApprovalRules#roles}
 * @param user name in the engine
 * @param deputy somebody else
 */
public record Decider(String role, String user, String deputy) {}
