/**
 * Physical backups of a node: found, looked into, and proved by restoring them for real into a
 * scratch server. Changes nothing on the node.
 *
 * <p>May use: plan, host.
 */
@NullMarked
package dev.repli.backup;

import org.jspecify.annotations.NullMarked;
