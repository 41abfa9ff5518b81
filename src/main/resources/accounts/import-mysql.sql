-- The account that imports into MySQL; CONNECTION_ADMIN: the node is read only meanwhile. Then for each schema:
-- GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON app.* TO 'repli_import'@'%';
CREATE USER 'repli_import'@'%' IDENTIFIED BY '${import}';
GRANT CONNECTION_ADMIN ON *.* TO 'repli_import'@'%';
GRANT SELECT, INSERT, DELETE, CREATE, TRIGGER ON repli_probe.* TO 'repli_import'@'%';
