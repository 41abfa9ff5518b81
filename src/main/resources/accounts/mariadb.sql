-- Repli's own account on each node. SUPER is for SET GLOBAL event_scheduler, RELOAD for RESET SLAVE ALL,
-- SET USER for keeping the definer of an event that is switched on.
CREATE USER 'repli'@'%' IDENTIFIED BY '${repli}';
GRANT READ_ONLY ADMIN, CONNECTION ADMIN, REPLICATION SLAVE ADMIN, REPLICATION MASTER ADMIN, SLAVE MONITOR, BINLOG MONITOR, BINLOG ADMIN, BINLOG REPLAY, PROCESS, EVENT, RELOAD, SHOW DATABASES, SET USER, SUPER ON *.* TO 'repli'@'%';
GRANT SELECT ON mysql.* TO 'repli'@'%';
GRANT SELECT ON performance_schema.* TO 'repli'@'%';
GRANT SELECT, INSERT, DELETE, CREATE ON repli_probe.* TO 'repli'@'%';
-- The account with which the other node's replication threads log in.
CREATE USER 'repl'@'%' IDENTIFIED BY '${repl}';
GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%';
-- The write probe: an application like any other, stopped by the fence.
CREATE USER 'repli_probe'@'%' IDENTIFIED BY '${probe}';
GRANT SELECT, INSERT ON repli_probe.* TO 'repli_probe'@'%';
