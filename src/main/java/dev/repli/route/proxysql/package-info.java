/**
 * ProxySQL's admin interface behind the route port.
 *
 * <p>May use: route, plan.
 */
@NullMarked
package dev.repli.route.proxysql;

import org.jspecify.annotations.NullMarked;
