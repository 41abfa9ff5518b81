/**
 * The embedded topology of the demo: real servers, a lab route, write traffic.
 *
 * <p>May use: plan, route, database, database.jdbc, command, backup, host; the demo starts the
 * whole program.
 */
@NullMarked
package dev.repli.lab;

import org.jspecify.annotations.NullMarked;
