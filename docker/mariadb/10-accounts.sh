#!/usr/bin/env bash
# Runs once, when a node's data directory is created. Accounts are local to each node (not in the binary log),
# so that both histories start empty; the passwords come from the mounted secrets.
set -euo pipefail

secret() { cat "/run/secrets/$1"; }

client() {
  MYSQL_PWD="$(secret mariadb-root)" mariadb --user=root --socket=/run/mysqld/mysqld.sock
}

# Repli's own accounts, as the program's tests make them; passwords go through standard input, not the command line.
{
  echo "SET SESSION sql_log_bin = 0;"
  sed -e "s/\${repli}/$(secret repli-node)/; s/\${repl}/$(secret replication)/; s/\${probe}/$(secret probe)/" \
    /etc/repli/accounts.sql
  cat <<SQL
GRANT SELECT ON shop.* TO 'repli'@'%';
CREATE USER 'shop'@'%' IDENTIFIED BY '$(secret application)';
GRANT SELECT, INSERT, UPDATE, DELETE ON shop.* TO 'shop'@'%';
CREATE USER 'monitor'@'%' IDENTIFIED BY '$(secret monitor)';
GRANT USAGE ON *.* TO 'monitor'@'%';
SQL
} | client

# The state after a cutover: the target is writer, the source replicates from it.
if [ "${NODE_ROLE:?}" = source ]; then
  client <<SQL
CHANGE MASTER TO MASTER_HOST = 'target', MASTER_PORT = 3306, MASTER_USER = 'repl',
  MASTER_PASSWORD = '$(secret replication)', MASTER_USE_GTID = slave_pos,
  MASTER_SSL = 1, MASTER_SSL_VERIFY_SERVER_CERT = 0, MASTER_CONNECT_RETRY = 2;
SQL
else
  client <<SQL
CREATE DATABASE shop;
CREATE TABLE shop.orders (
  seq BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT NOT NULL, item VARCHAR(100) NOT NULL,
  written_by INT UNSIGNED NOT NULL DEFAULT (@@server_id), KEY (order_id));
SQL
fi
