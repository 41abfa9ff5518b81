package dev.repli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.FakeNode;
import dev.repli.database.NodeSession;
import dev.repli.database.VirtualTime;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerLookTest {
  private final FakeDatabase database = new FakeDatabase(new VirtualTime());
  private final FakeNode node = database.source();

  private List<Finding> look(String... before) {
    try (NodeSession session = database.connect(node.node(), Duration.ofMinutes(1), ActLog.NONE)) {
      return ServerLook.look(session, false, List.of(before).stream().findFirst());
    }
  }

  private Finding found(String what, String... before) {
    return look(before).stream().filter(any -> any.what().equals(what)).findFirst().orElseThrow();
  }

  private void says(int open, int aborted) {
    node.answer(
        ServerLook.COUNTERS.formatted("information_schema"),
        "threads_connected=%d threads_running=2 aborted_connects=%d aborted_clients=1 uptime=7200"
                .formatted(open, aborted)
            + " innodb_buffer_pool_pages_total=8000 innodb_buffer_pool_pages_free=40"
            + " innodb_buffer_pool_wait_free=3 innodb_row_lock_current_waits=1");
    node.answer(ServerLook.LIMIT, "200");
  }

  @Test
  void saysHowTheServerDoes() {
    says(17, 4);

    assertThat(found(ServerLook.CONNECTIONS).found())
        .isEqualTo("17 of 200, 2 of them at work, 1 wait for a row; up for 2 h");
    assertThat(found(ServerLook.REFUSED).found()).isEqualTo("5 since the server's start");
    assertThat(found(ServerLook.MEMORY).found())
        .isEqualTo("40 of 8000 pages free; waited 3 times for one since the server's start");
    assertThat(look()).extracting(Finding::verdict).doesNotContain(Verdict.BAD);
  }

  @Test
  void callsItBadWhenNearlyAllConnectionsAreTaken() {
    says(189, 0);
    assertThat(found(ServerLook.CONNECTIONS).verdict()).isEqualTo(Verdict.GOOD);
    says(190, 0);
    assertThat(found(ServerLook.CONNECTIONS).verdict()).isEqualTo(Verdict.BAD);
  }

  @Test
  void countsWhatCameSinceTheLookBefore() {
    says(17, 4);
    String before = found(ServerLook.REFUSED).found();
    says(17, 10);
    String after = found(ServerLook.REFUSED, before).found();
    assertThat(after).endsWith(", 6 of them since the look before");
    says(17, 0);

    assertThat(found(ServerLook.REFUSED, after).found()).contains("was started anew");
  }

  @Test
  void callsADiskBadThatIsNearlyFull() {
    node.answer(ServerLook.DISK_OF_DATA, "5368709120 107374182400");
    assertThat(found(ServerLook.DISK))
        .returns(Verdict.GOOD, Finding::verdict)
        .returns("5120 MB of 102400 MB free (5 %)", Finding::found);
    node.answer(ServerLook.DISK_OF_DATA, "5368709119 107374182400");
    assertThat(found(ServerLook.DISK).verdict()).isEqualTo(Verdict.BAD);
  }

  @Test
  void saysWhatItHasNotLookedAtAndCallsNobodyForIt() {
    assertThat(look())
        .hasSize(3)
        .allSatisfy(any -> assertThat(any.verdict()).isEqualTo(Verdict.NOTE))
        .allSatisfy(any -> assertThat(any.found()).startsWith("not looked at: "));
    assertThat(found(ServerLook.LOG).found()).contains("the plan has no host of it");
  }

  @Test
  void leavesToTheMachineWhatItKnowsBetter() {
    try (NodeSession session = database.connect(node.node(), Duration.ofMinutes(1), ActLog.NONE)) {
      assertThat(ServerLook.look(session, true, Optional.empty()))
          .extracting(Finding::what)
          .doesNotContain(ServerLook.DISK, ServerLook.LOG);
    }
  }
}
