-- Repli's own account on each node. SUPER is not needed.
CREATE USER 'repli'@'%' IDENTIFIED BY '${repli}';
GRANT SYSTEM_VARIABLES_ADMIN, CONNECTION_ADMIN, REPLICATION_SLAVE_ADMIN, XA_RECOVER_ADMIN, SET_ANY_DEFINER ON *.* TO 'repli'@'%';
GRANT REPLICATION CLIENT, REPLICATION SLAVE, PROCESS, RELOAD, EVENT ON *.* TO 'repli'@'%';
GRANT SELECT ON mysql.* TO 'repli'@'%';
GRANT SELECT ON performance_schema.* TO 'repli'@'%';
GRANT SELECT, INSERT, DELETE, CREATE, CREATE ROUTINE, ALTER ROUTINE, EXECUTE ON repli_probe.* TO 'repli'@'%';
-- The account with which the other node's replication threads log in.
CREATE USER 'repl'@'%' IDENTIFIED BY '${repl}';
GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%';
-- The write probe: an application like any other, stopped by the fence.
CREATE USER 'repli_probe'@'%' IDENTIFIED BY '${probe}';
GRANT SELECT, INSERT ON repli_probe.* TO 'repli_probe'@'%';
