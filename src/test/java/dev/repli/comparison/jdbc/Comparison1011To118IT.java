package dev.repli.comparison.jdbc;

import dev.repli.lab.ServerInstallation;

class Comparison1011To118IT extends ComparisonContract {
  Comparison1011To118IT() {
    super(
        ServerInstallation.unpacked("mariadb-10.11"), ServerInstallation.unpacked("mariadb-11.8"));
  }
}
