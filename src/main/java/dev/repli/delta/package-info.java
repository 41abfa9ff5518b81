/**
 * The exact changes of rows since a position, read from a server's binary log: what a way back
 * needs so that nothing written meanwhile is lost.
 *
 * <p>A change carries every stored column, before and after, in one form in which it equals the
 * server's own value byte for byte. What cannot be read exactly is refused with what to set; a
 * value is never guessed and a row never has a hole.
 *
 * <p>May use: plan, database.
 */
@NullMarked
package dev.repli.delta;

import org.jspecify.annotations.NullMarked;
