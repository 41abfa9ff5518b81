#!/usr/bin/env bash
# Runs once, when a node's data directory is created. Accounts are local to each node (not in the binary log),
# so that both histories start empty; the passwords come from the mounted secrets.
set -euo pipefail

secret() { cat "/run/secrets/$1"; }

client() {
  mariadb --user=root --password="$(secret mariadb-root)" --socket=/run/mysqld/mysqld.sock
}

# the password goes through standard input, not the command line
client <<SQL
SET SESSION sql_log_bin = 0;
CREATE USER 'repli'@'%' IDENTIFIED BY '$(secret repli-node)';
GRANT ALL PRIVILEGES ON *.* TO 'repli'@'%';
CREATE USER 'replication'@'%' IDENTIFIED BY '$(secret replication)';
GRANT REPLICATION SLAVE ON *.* TO 'replication'@'%';
CREATE USER 'repli_probe'@'%' IDENTIFIED BY '$(secret probe)';
GRANT SELECT, INSERT ON repli_probe.* TO 'repli_probe'@'%';
CREATE USER 'shop'@'%' IDENTIFIED BY '$(secret application)';
GRANT SELECT, INSERT, UPDATE, DELETE ON shop.* TO 'shop'@'%';
CREATE USER 'monitor'@'%' IDENTIFIED BY '$(secret monitor)';
GRANT USAGE, REPLICATION CLIENT ON *.* TO 'monitor'@'%';
SQL

# The state after a cutover: the target is writer, the source replicates from it.
if [ "${NODE_ROLE:?}" = source ]; then
  client <<SQL
CHANGE MASTER TO MASTER_HOST = 'target', MASTER_PORT = 3306, MASTER_USER = 'replication',
  MASTER_PASSWORD = '$(secret replication)', MASTER_USE_GTID = slave_pos,
  MASTER_SSL = 1, MASTER_SSL_VERIFY_SERVER_CERT = 0, MASTER_CONNECT_RETRY = 2;
SQL
else
  client <<SQL
CREATE DATABASE shop;
CREATE TABLE shop.orders (
  seq BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT NOT NULL, item VARCHAR(100) NOT NULL,
  written_by INT UNSIGNED NOT NULL, KEY (order_id));
SQL
fi
