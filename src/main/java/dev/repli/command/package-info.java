/**
 * What the program can do besides serving.
 *
 * <p>May use: nothing of Repli.
 */
@NullMarked
package dev.repli.command;

import org.jspecify.annotations.NullMarked;
