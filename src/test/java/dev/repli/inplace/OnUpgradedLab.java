package dev.repli.inplace;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.lab.LabUpgrade;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real 10.11 that was upgraded to 11.8, anew for each test. */
abstract class OnUpgradedLab {
  @TempDir Path folder;
  final InPlaceBench bench = new InPlaceBench();

  @SuppressWarnings("NullAway.Init") // made before each test
  UpgradedLab lab;

  @BeforeEach
  void upgrade() throws Exception {
    assumeThat(LabUpgrade.isPossible()).as("scripts/fetch-servers").isTrue();
    lab = new UpgradedLab(folder);
  }

  @AfterEach
  void end() {
    bench.close();
    if (lab != null) {
      lab.close();
    }
  }
}
