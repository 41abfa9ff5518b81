package dev.repli.comparison.jdbc;

import dev.repli.lab.ServerInstallation;

class Comparison114IT extends ComparisonContract {
  Comparison114IT() {
    super(ServerInstallation.fromMaven(), ServerInstallation.fromMaven());
  }
}
