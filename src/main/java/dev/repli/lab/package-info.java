/**
 * The embedded topology of the demo: real servers, a lab route, write traffic.
 *
 * <p>May use: plan, route, database.
 */
@NullMarked
package dev.repli.lab;

import org.jspecify.annotations.NullMarked;
