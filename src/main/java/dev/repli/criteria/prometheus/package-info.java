/**
 * Metrics asked of a Prometheus server.
 *
 * <p>May use: criteria, plan.
 */
@NullMarked
package dev.repli.criteria.prometheus;

import org.jspecify.annotations.NullMarked;
