package dev.repli.delta.imports.jdbc;

import dev.repli.lab.ServerInstallation;

class Import114IT extends MariaDbImport {
  Import114IT() {
    super(ServerInstallation.fromMaven());
  }
}
