/**
 * Decisions about the changes that an import held: what the source has now, what the target had
 * before and after, and what people make of it.
 *
 * <p>A decision is written into the node in one transaction with the rows that it changes, against
 * the rows that the person saw: what changed meanwhile is never overwritten, and a decision is
 * neither lost nor made twice, whenever Repli ends. Values of rows stay in the nodes and in Repli's
 * own table of held changes; the journal has hashes of keys, counts and who decided.
 *
 * <p>May use: plan, database, delta, delta.imports, journal, run, approval.
 */
@NullMarked
package dev.repli.delta.conflict;

import org.jspecify.annotations.NullMarked;
