package dev.repli.database.mariadb;

import dev.repli.lab.ServerInstallation;

class MariaDb118IT extends MariaDbSwitchContract {
  MariaDb118IT() {
    super(ServerInstallation.unpacked("mariadb-11.8"));
  }
}
