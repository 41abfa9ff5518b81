/**
 * What the community engine leaves open, closed: expressions in queries, scripts, beans and classes
 * in models, variables that no form asks for, and REST paths that change what is deployed.
 *
 * <p>May use: engine.
 */
@NullMarked
package dev.repli.engine.hardening;

import org.jspecify.annotations.NullMarked;
