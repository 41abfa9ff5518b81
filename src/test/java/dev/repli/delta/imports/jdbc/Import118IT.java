package dev.repli.delta.imports.jdbc;

import dev.repli.lab.ServerInstallation;

class Import118IT extends MariaDbImport {
  Import118IT() {
    super(ServerInstallation.unpacked("mariadb-11.8"));
  }
}
