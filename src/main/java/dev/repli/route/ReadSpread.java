package dev.repli.route;

/**
 * How a route spreads reads now.
 *
 * @param targetReady whether it would send reads to the target if its weight allows it
 * @param detail one line for people
 */
public record ReadSpread(ReadWeights weights, boolean targetReady, String detail) {}
