package dev.repli.plan;

import java.time.Duration;

/**
 * Repli's own writer through each route: one row per interval during a switch.
 *
 * @param account application-like account, without READ ONLY ADMIN, with INSERT and SELECT on
 *     {@code repli_probe}
 */
public record WriteProbe(boolean enabled, Duration interval, Account account) {}
