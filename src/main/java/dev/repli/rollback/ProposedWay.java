package dev.repli.rollback;

/**
 * A way back that is measured elsewhere, as the deciders are told of it.
 *
 * @param found that it is open, or what it can lose
 * @param takes how long, for people; empty when nobody can say
 * @param loses what is lost, for people; empty when nobody can say
 */
public record ProposedWay(Finding found, String takes, String loses) {}
