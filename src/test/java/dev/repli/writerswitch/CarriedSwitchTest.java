package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Databases;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.plan.Node;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.writerswitch.Carrier.Carriage;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A switch whose new writer does not replicate: a carrier brings the changes over. */
class CarriedSwitchTest {
  @TempDir private Path directory;
  private SwitchLab lab;
  private final FakeCarrier carrier = new FakeCarrier();

  /** Answers as the test says. */
  private static final class FakeCarrier implements Carrier, Carriage {
    final List<Position> waited = new ArrayList<>();
    CatchUp answer = new CatchUp.Reached(Duration.ZERO);

    /** From this wait on. */
    int failsFrom = Integer.MAX_VALUE;

    int open;

    @Override
    public Carriage begin(SwitchRequest request, Consumer<Evidence> evidence) {
      open++;
      return this;
    }

    @Override
    public CatchUp waitFor(Position position, Duration atMost) {
      waited.add(position);
      return waited.size() >= failsFrom ? new CatchUp.NotReached("3 changes are held") : answer;
    }

    @Override
    public void close() {
      open = 0;
    }
  }

  @BeforeEach
  void makeLab() {
    lab = new SwitchLab(FakeRoute.holding(Node.Role.TARGET), directory);
    lab.database.source().replication().breakWith("1062 Duplicate entry");
  }

  @AfterEach
  void closed() {
    assertThat(carrier.open).as("carriages left open").isZero();
  }

  private SwitchRequest carried() {
    SwitchRequest usual = lab.request("s1");
    return new SwitchRequest(usual.switchId(), usual.run(), usual.plan(), usual.direction(), true);
  }

  private RealSwitchPorts ports() {
    return new RealSwitchPorts(
        new Databases(List.of(lab.database)),
        new Routes(List.of(lab.route)),
        lab.journal,
        carrier,
        StandingStream.NONE);
  }

  @Test
  void movesTheWriterWhenEverythingUpToTheMarkWasCarried() {
    WriterSwitch writerSwitch = lab.writerSwitch(ports());

    assertThat(SwitchDriver.walk(writerSwitch, carried())).isEqualTo(End.MOVED);
    assertThat(lab.database.source().accepts()).isTrue();
    assertThat(lab.database.target().accepts()).isFalse();
    assertThat(carrier.waited).hasSizeGreaterThan(2);
    assertThat(lab.violations).isEmpty();

    assertThat(writerSwitch.reverse(carried(), false)).isInstanceOf(PhaseResult.Done.class);
    assertThat(lab.database.target().replication().running()).isFalse();
    assertThat(lab.database.target().persistedFence()).isTrue();
  }

  @Test
  void refusesWhileACarriedChangeIsHeld() {
    carrier.failsFrom = 1;

    assertThat(SwitchDriver.walk(lab.writerSwitch(ports()), carried())).isEqualTo(End.REFUSED);
    assertThat(lab.database.target().accepts()).isTrue();
    assertThat(lab.database.source().accepts()).isFalse();
  }

  @Test
  void opensTheOldWriterAgainWhenAChangeIsHeldBehindTheFence() {
    WriterSwitch writerSwitch = lab.writerSwitch(ports());
    assertThat(writerSwitch.prepare(carried(), false)).isInstanceOf(Preparation.Ready.class);
    // the gate is the next wait, what comes behind the fence the one after it
    carrier.failsFrom = carrier.waited.size() + 2;

    assertThat(SwitchDriver.fromArm(writerSwitch, "s1")).isEqualTo(End.UNDONE);
    assertThat(lab.database.target().accepts()).isTrue();
    assertThat(lab.database.source().accepts()).isFalse();
    assertThat(lab.database.target().deadManArmed()).isFalse();
  }

  @Test
  void saysInADryRunWhatItWouldCarryAndBeginsNothing() {
    DryRunSwitchPorts dry = new DryRunSwitchPorts(ports());
    List<Evidence> said = new ArrayList<>();
    Carriage planned = dry.carry(carried(), said::add);
    Position position = new Position(Position.Kind.MARIADB_GTID, "0-2-7");

    assertThat(planned.waitFor(position, Duration.ZERO)).isInstanceOf(CatchUp.Reached.class);
    assertThat(planned.waitFor(position, Duration.ZERO)).isInstanceOf(CatchUp.Reached.class);
    planned.close();
    assertThat(said).hasSize(1).first().isInstanceOf(CommandRun.class);
    assertThat(said.get(0).toString()).contains("0-2-7").contains("not sent");
    assertThat(carrier.waited).isEmpty();
  }
}
