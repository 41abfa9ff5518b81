package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Databases;
import dev.repli.delta.policy.ChoosePolicies;
import dev.repli.delta.policy.TableFacts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.delta.policy.TablePolicy.Ask;
import dev.repli.delta.policy.TablePolicy.Decided;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.rollback.SampleLooks;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a dry run says that it would do with a delta of two transactions. */
class ListDeltaTest {
  private static final RunKey RUN = new RunKey("INC-9");
  private final CheckedSource world = new CheckedSource();

  @BeforeEach
  void writeOnTheTarget() {
    world.database.source().replication().stall(true);
    world.database.target().writeRegardless("app", "1");
    world.database.target().writeRegardless("app", "2");
  }

  private List<String> list(DeltaPart part) {
    CutoverMark mark = new CutoverMark(() -> world.runs, world.journal);
    new ListDelta(
            SampleLooks.at(world.database),
            new Databases(List.of(world.database)),
            world.check(),
            mark,
            new EarlierImports(mark, world.carried),
            new ListedPolicies(
                SampleLooks.at(world.database),
                mark,
                (node, account) -> world.imports,
                new ChoosePolicies(ListDeltaTest::decide)),
            plan -> Optional.<StreamOrder>empty(),
            world.journal,
            Path.of("/data/delta"))
        .list(RUN, world.plan, part);
    return world.journal.read(RUN).stream().map(entry -> line(entry.evidence())).toList();
  }

  private static TablePolicy decide(TableFacts facts, Optional<Policy> planned) {
    return facts.importable()
        ? new Decided(facts.table(), planned.orElse(Policy.EXPORT_IMPORT), "as the table says")
        : new Ask(facts.table(), "cannot be imported");
  }

  private static String line(Evidence evidence) {
    if (evidence instanceof CommandRun run) {
      assertThat(run.took()).isEqualTo(Duration.ZERO);
      assertThat(run.outcome()).isEqualTo("dry run: not run");
      return run.where() + ": " + run.command();
    }
    if (evidence instanceof StatementRun run) {
      assertThat(run.outcome()).isEqualTo("dry run: not sent");
      return run.node() + ": " + run.sql();
    }
    return ((Milestone) evidence).text();
  }

  @Test
  void saysInOrderWhatIsReadChosenAndImported() {
    world.plan = SamplePlan.abandoning(world.plan, "shop.sessions");
    world.imports =
        new dev.repli.delta.imports.ImportLook.Seen(List.of(), Map.of("shop.log", "engine MyISAM"));
    String target = world.plan.target().label();
    String source = world.plan.source().label();

    List<String> lines = list(DeltaPart.IMPORT);

    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(target + ": read the binary log from ")
                    .contains("2 transactions as of now")
                    .endsWith("INC-9/000001.delta"),
            line -> assertThat(line).isEqualTo("table (every other): imported: as the table says"),
            line ->
                assertThat(line)
                    .isEqualTo("table shop.log: people decide: cannot be imported: engine MyISAM"),
            line -> assertThat(line).isEqualTo("table shop.sessions: abandoned: as the table says"),
            line ->
                assertThat(line)
                    .startsWith("people: task 'Choose delta policy'")
                    .endsWith("left to people: abandon, export-import or reconcile"),
            line -> assertThat(line).isEqualTo(source + ": stop replication"),
            line ->
                assertThat(line)
                    .startsWith(source + ": import 2 transactions as account ")
                    .contains("10000 changes to a commit"),
            line -> assertThat(line).contains("until a round has at most 2000 changes"),
            line -> assertThat(line).startsWith("people: task 'Resolve conflicts'"),
            line ->
                assertThat(line)
                    .startsWith("dry run: the delta is 2 transactions now; nothing of it"));
    assertThat(world.database.source().replication().running()).isTrue();
  }

  @Test
  void saysWhatTheEndWouldDo() {
    assertThat(list(DeltaPart.CLOSE))
        .satisfiesExactly(
            line -> assertThat(line).contains("up to the position at which it was fenced"),
            line -> assertThat(line).contains("compare: read = applied"),
            line -> assertThat(line).contains("keep it fenced with its data for "));
  }

  @Test
  void listsNothingWhereThisWayIsClosedAndSaysWhy() {
    world.database.target().answer("SELECT @@GLOBAL.binlog_format", "STATEMENT");

    assertThat(list(DeltaPart.IMPORT))
        .singleElement()
        .asString()
        .contains("cannot be carried as things are")
        .contains("binlog_format");
  }
}
