package dev.repli.delta.imports.jdbc;

import dev.repli.lab.ServerInstallation;

class Import1011IT extends MariaDbImport {
  Import1011IT() {
    super(ServerInstallation.unpacked("mariadb-10.11"));
  }
}
