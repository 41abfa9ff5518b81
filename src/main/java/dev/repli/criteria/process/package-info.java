/**
 * The decision table of the criteria, asked of the engine.
 *
 * <p>May use: criteria, engine.
 */
@NullMarked
package dev.repli.criteria.process;

import org.jspecify.annotations.NullMarked;
