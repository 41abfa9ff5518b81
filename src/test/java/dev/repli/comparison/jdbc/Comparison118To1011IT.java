package dev.repli.comparison.jdbc;

import dev.repli.lab.ServerInstallation;

class Comparison118To1011IT extends ComparisonContract {
  Comparison118To1011IT() {
    super(
        ServerInstallation.unpacked("mariadb-11.8"), ServerInstallation.unpacked("mariadb-10.11"));
  }
}
