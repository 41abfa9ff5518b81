package dev.repli.database.mariadb;

import dev.repli.lab.ServerInstallation;

class MariaDb114IT extends MariaDbSwitchContract {
  MariaDb114IT() {
    super(ServerInstallation.fromMaven());
  }
}
