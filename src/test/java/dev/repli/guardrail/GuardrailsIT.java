package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Node;
import dev.repli.run.RunKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The façade on a pair of real servers that is fit for a cutover. */
class GuardrailsIT {
  private static GuardrailLab lab;

  @BeforeAll
  static void start() {
    lab = new GuardrailLab(ServerInstallation.fromMaven(), ServerInstallation.fromMaven());
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void isNotBlockedOnAHealthyPair() {
    GuardrailReport report = lab.check();

    assertThat(report.of(Status.RED)).isEmpty();
    assertThat(report.blocked()).isFalse();
  }

  @Test
  void writesEveryResultIntoTheJournalOfARun() {
    RunKey run = new RunKey("cutover-1");

    GuardrailReport report =
        lab.guardrails().check(run, lab.plan(), Node.Role.SOURCE, Moment.BEFORE);

    assertThat(lab.journal().read(run)).hasSize(report.results().size() + 1);
    assertThat(lab.journal().newestMilestone(run, "GUARDRAILS_CHECKED"))
        .hasValueSatisfying(
            entry -> assertThat(entry.evidence().toString()).contains(report.summary()));
  }

  @Test
  void asksOnlyTheWatchedOnesInTheWindow() {
    GuardrailReport report = lab.guardrails().check(lab.plan(), Node.Role.SOURCE, Moment.WINDOW);

    assertThat(report.results()).isNotEmpty().allMatch(result -> result.about().watched());
  }

  @Test
  void isRedWhereTheNodeCannotBeRead() {
    GuardrailReport report =
        lab.guardrails()
            .check(
                GuardrailLab.plan(lab.pair().sourceNode(), Gone.node(lab), lab.plan().routes()),
                Node.Role.SOURCE,
                Moment.BEFORE);

    assertThat(report.of(Status.RED))
        .extracting(GuardrailResult::name)
        .contains("one-writer", "replication-running", "caught-up");
    assertThat(GuardrailLab.result(report, "one-writer").found())
        .contains("could not be checked", "target (127.0.0.1:1)");
  }

  /** A node where nobody answers. */
  private static final class Gone {
    static Node node(GuardrailLab lab) {
      Node there = lab.pair().targetNode();
      return new Node(
          there.role(),
          there.kind(),
          new dev.repli.plan.Endpoint("127.0.0.1", 1),
          there.account(),
          there.replication(),
          there.tls(),
          there.fenceFile());
    }
  }
}
