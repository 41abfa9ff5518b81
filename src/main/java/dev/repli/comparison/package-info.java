/**
 * Whether two nodes hold the same rows, while applications go on writing.
 *
 * <p>A part of a table is read on the node that writes, then its position is taken; the same part
 * is read on the other node once that has applied the position. Parts that differ are taken apart
 * down to rows; a row counts as different only after it differed while the writing node held it
 * under a shared lock, so that nothing could change it in between. So there are no false
 * differences under traffic, and none that is only probable.
 *
 * <p>May use: plan, database.
 */
@NullMarked
package dev.repli.comparison;

import org.jspecify.annotations.NullMarked;
