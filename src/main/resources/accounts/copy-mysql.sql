-- The account that copies from MySQL. Only for a replication set-up; drop it afterwards. CREATE, INSERT and
-- DELETE are for Repli's own heartbeat.
CREATE USER 'repli_copy'@'%' IDENTIFIED BY '${copy}';
GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES, RELOAD, PROCESS, CREATE USER, REPLICATION CLIENT ON *.* TO 'repli_copy'@'%';
GRANT SYSTEM_VARIABLES_ADMIN, BACKUP_ADMIN, SHOW_ROUTINE ON *.* TO 'repli_copy'@'%';
GRANT CREATE, INSERT, DELETE ON repli_probe.* TO 'repli_copy'@'%';
GRANT REPLICATION SLAVE ON *.* TO 'repli_copy'@'%' WITH GRANT OPTION;
