package dev.repli.database.mariadb;

import dev.repli.lab.ServerInstallation;

class MariaDb118IT extends MariaDbContract {
  MariaDb118IT() {
    super(ServerInstallation.unpacked("mariadb-11.8"));
  }
}
