-- The account that imports, on the source. READ_ONLY ADMIN: the source is fenced meanwhile. BINLOG REPLAY:
-- transactions keep the ids that they have on the target. TRIGGER: to see that there are none. Then for each
-- schema: GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON app.* TO 'repli_import'@'%';
CREATE USER 'repli_import'@'%' IDENTIFIED BY '${import}';
GRANT READ_ONLY ADMIN, BINLOG REPLAY ON *.* TO 'repli_import'@'%';
GRANT SELECT, INSERT, DELETE, CREATE, TRIGGER ON repli_probe.* TO 'repli_import'@'%';
