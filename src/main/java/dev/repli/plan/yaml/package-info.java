/**
 * Plans as YAML files: one description of the keys, from which reading, errors and the JSON Schema
 * come.
 *
 * <p>May use: plan, plan.secret, command.
 */
@NullMarked
package dev.repli.plan.yaml;

import org.jspecify.annotations.NullMarked;
