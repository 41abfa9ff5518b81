/**
 * Work that every Repli repeats in the background.
 *
 * <p>May use: nothing of Repli.
 */
@NullMarked
package dev.repli.schedule;

import org.jspecify.annotations.NullMarked;
