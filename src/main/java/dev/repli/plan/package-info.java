/**
 * The description of one migration: nodes, routes, budgets, people and checks, read from YAML and
 * refused when wrong.
 *
 * <p>May use: nothing of Repli; its adapters also command.
 */
@NullMarked
package dev.repli.plan;

import org.jspecify.annotations.NullMarked;
