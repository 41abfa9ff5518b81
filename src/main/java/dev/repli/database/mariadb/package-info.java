/**
 * MariaDB's statements behind the database port.
 *
 * <p>May use: database, database.jdbc, database.survey, plan.
 *
 * <p>Measured on 10.11.18, 11.4.5 and 11.8.6, which behave alike:
 *
 * <ul>
 *   <li>The dead-man's switch, {@code BEGIN NOT ATOMIC DO …, SLEEP(n); SET GLOBAL read_only = OFF;
 *       END}, outlives the {@code kill -9} of its client: a SLEEP of the server does not end when
 *       the socket closes. It fired within 0.15 s of the lease (3.5 s awaited: 3.47, 3.60, 3.63 s,
 *       half of that being how often the test looked), and wrote nothing to the binary log.
 *   <li>The process list shows the running part of the block only, so a marker comment would have
 *       to stand in each. The named lock that the session holds is a better mark: {@code
 *       IS_USED_LOCK} answers with its session, and NULL only after the session's last statement.
 *   <li>KILL in the instant of firing either comes first or does not: what {@code read_only} reads
 *       after the lock is free no longer changes. A cancelled switch therefore proves nothing by
 *       itself; the fence has to be read afterwards.
 *   <li>The driver's {@code abort()} of a connection that waits for an answer kills its session on
 *       the server, so it is not used on the switch's session.
 *   <li>{@code ALTER EVENT … ENABLE} makes whoever runs it the definer, unless it names the old
 *       one.
 * </ul>
 */
@NullMarked
package dev.repli.database.mariadb;

import org.jspecify.annotations.NullMarked;
