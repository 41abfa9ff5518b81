package dev.repli.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuperReadOnlyTest {
  @Test
  void saysWhatMendsItAndWhatTheServerSaid() {
    String refused =
        "source db1:3306: error 1290 The MySQL server is running with the --super-read-only option";
    assertThat(SuperReadOnly.explained(refused))
        .startsWith("run SET GLOBAL super_read_only = OFF on the source")
        .endsWith(refused);
  }

  @Test
  void leavesOtherAnswersAsTheyAre() {
    String other = "error 1290 running with the --read-only option";
    assertThat(SuperReadOnly.explained(other)).isEqualTo(other);
  }
}
