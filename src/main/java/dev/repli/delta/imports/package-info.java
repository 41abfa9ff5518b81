/**
 * Brings the changes of one node's binary log into another node, whose own rows are never
 * overwritten unseen.
 *
 * <p>Changes are applied in the order of their transactions, many transactions to a commit. How far
 * an import is stands in the node itself and is written in the same transaction as the rows, so
 * that nothing is missing and nothing is there twice, whenever Repli ends. A row that is not as it
 * was before the change is a conflict: it is held for people, and every later change of the same
 * row waits behind it. A change that the node refuses is held with the error.
 *
 * <p>May use: plan, database, delta.
 */
@NullMarked
package dev.repli.delta.imports;

import org.jspecify.annotations.NullMarked;
