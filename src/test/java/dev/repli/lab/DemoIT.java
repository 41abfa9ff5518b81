package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DemoIT {
  private static final Pattern LOCAL_PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
  @TempDir Path folder;

  @Test
  void movesTheWriterBackWithoutLosingAWrite() throws IOException, InterruptedException {
    try (DemoProcess demo = DemoProcess.start(folder, "--auto", "--port=18080")) {
      int status = demo.exitStatus(400);

      assertThat(status).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("Result: Rolled back to source")
          .containsPattern("lost +0 +0")
          .containsPattern("duplicated +0 +0")
          .containsPattern("write outage +[\\d.]+ ms +[\\d.]+ ms");
      assertThat(demo.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void movesTheWriterBackToASourceThatFollowsNoMore() throws IOException, InterruptedException {
    try (DemoProcess demo = DemoProcess.start(folder, "logical", "--auto", "--port=18080")) {
      int status = demo.exitStatus(400);

      assertThat(status).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("Result: Rolled back to source")
          .containsPattern("lost +0 +0")
          .containsPattern("duplicated +0 +0");
    }
  }

  @Test
  void bringsTheReleaseBeforeBackWithEverythingThatWasAcknowledged()
      throws IOException, InterruptedException {
    assumeThat(LabUpgrade.isPossible())
        .as("mariadb-10.11 and 11.8: scripts/fetch-servers")
        .isTrue();
    try (DemoProcess demo = DemoProcess.start(folder, "in-place", "--auto", "--port=18080")) {
      int status = demo.exitStatus(400);

      assertThat(status).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("Result: Rolled back in place")
          .containsPattern("release +11\\.8\\..* 10\\.11\\.")
          .containsPattern("acknowledged +[1-9]")
          .containsPattern("lost +0\\s")
          .containsPattern("duplicated +0\\s")
          .containsPattern("write outage +[\\d.]+ ms");
      assertThat(demo.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void showsAnIncidentFromTheAlertToTheDraftOfItsPostMortem()
      throws IOException, InterruptedException {
    try (DemoProcess demo = DemoProcess.start(folder, "incident", "--auto", "--port=18080")) {
      int status = demo.exitStatus(400);

      assertThat(status).as(demo.output()).isZero();
      assertThat(demo.output())
          .containsSubsequence(
              "monitoring: 95 of 100 orders take up to",
              "Verdict: rollback recommended (high): latency-high",
              "\"Try the fix INC-1001\": NOT_FIXED",
              "\"Approve rollback INC-1001\": approve",
              "Result: Rolled back to source",
              "# Post-mortem of INC-1001",
              "Demo shop works again")
          .contains("message to management: ", "monitoring: normal again")
          .containsPattern("lost +0 +0")
          .containsPattern("duplicated +0 +0");
    }
  }

  @Test
  void cutsOverAndRollsBackThreeTimesRoundWithoutLosingAWrite()
      throws IOException, InterruptedException {
    try (DemoProcess demo = DemoProcess.start(folder, "cutover", "--auto", "--port=18080")) {
      int status = demo.exitStatus(700);

      assertThat(status).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("Round 3 of 3")
          .containsPattern("7 +cutover +to target +[\\d.]+ ms")
          .containsPattern("[1-9]\\d* orders acknowledged, 0 lost, 0 duplicated");
      assertThat(Pattern.compile("ms( +\\d+){3} +0 / 0\n").matcher(demo.output()).results().count())
          .as(demo.output())
          .isEqualTo(7);
      assertThat(demo.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void showsInADryRunWhatItWouldSend() throws IOException, InterruptedException {
    try (DemoProcess demo = DemoProcess.start(folder, "--dry-run", "--port=18080")) {
      int status = demo.exitStatus(300);

      assertThat(status).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("SET GLOBAL read_only = ON", "CHANGE MASTER TO", "START SLAVE")
          .contains("Ended: Dry run finished; nothing was changed.");
    }
  }

  /** Once by Ctrl-C, whose signal a terminal sends to the program, once by an ordinary kill. */
  @Test
  void leavesNothingBehind() throws IOException, InterruptedException {
    for (String signal : List.of("-INT", "-TERM")) {
      try (DemoProcess demo = DemoProcess.start(folder, "--port=18080")) {
        await()
            .atMost(Duration.ofMinutes(4))
            .until(() -> !demo.isAlive() || demo.output().contains("Ctrl-C ends everything"));
        assertThat(demo.output()).contains("Repli is ready");
        List<ProcessHandle> children = demo.children();
        assertThat(children).hasSizeGreaterThanOrEqualTo(2);

        demo.signal(signal);

        assertThat(demo.exitStatus(60)).as(demo.output()).isNotEqualTo(-1);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(demo.temporaryFiles()).isEmpty();
        assertThat(portsIn(demo.output()))
            .hasSizeGreaterThanOrEqualTo(2)
            .noneMatch(port -> answers(port));
        assertThat(demo.output()).contains("is stopped and removed");
      }
    }
  }

  @Test
  void saysWhatItKnowsWhenCalledWrongly() throws IOException, InterruptedException {
    try (DemoProcess demo = DemoProcess.start(folder, "--atuo")) {
      assertThat(demo.exitStatus(60)).isEqualTo(2);
      assertThat(demo.output()).contains("unknown argument --atuo");
    }
  }

  private static List<Integer> portsIn(String text) {
    Matcher found = LOCAL_PORT.matcher(text);
    return found.results().map(port -> Integer.parseInt(port.group(1))).distinct().toList();
  }

  private static boolean answers(int port) {
    return Ports.answers(new Endpoint("127.0.0.1", port), Duration.ofMillis(200), () -> true);
  }
}
