/**
 * Rules, and which run decides about which import, in Repli's own database.
 *
 * <p>May use: plan, run, delta.imports, delta.conflict.
 */
@NullMarked
package dev.repli.delta.conflict.jdbc;

import org.jspecify.annotations.NullMarked;
