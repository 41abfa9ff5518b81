package dev.repli.database.mariadb;

import dev.repli.lab.ServerInstallation;

class MariaDb1011IT extends MariaDbSwitchContract {
  MariaDb1011IT() {
    super(ServerInstallation.unpacked("mariadb-10.11"));
  }
}
