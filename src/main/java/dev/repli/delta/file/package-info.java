/**
 * Deltas as files: a header that says what it is, blocks of compressed changes, an end with counts.
 * Each part's SHA-256 covers the part before it, so that nothing can be lost, swapped or added
 * unseen. The format is described in docs/delta-files.md.
 *
 * <p>May use: database, delta.
 */
@NullMarked
package dev.repli.delta.file;

import org.jspecify.annotations.NullMarked;
