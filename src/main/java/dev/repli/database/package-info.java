/**
 * What a writer switch and its checks ask of a database server, whatever its technology.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.database;

import org.jspecify.annotations.NullMarked;
