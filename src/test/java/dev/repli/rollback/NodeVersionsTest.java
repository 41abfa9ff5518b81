package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeVersionsTest {
  private static final RunKey RUN = new RunKey("INC-1");
  private final FakeDatabase database = new FakeDatabase(new VirtualTime());
  private final Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final String source = plan.source().label();
  private final String target = plan.target().label();
  private final InMemoryJournal journal = new InMemoryJournal();

  private void seen(String what, String node, String value) {
    journal.append(RUN, new Measured(what, node, value, "GOOD"));
  }

  private Map<String, String> facts() {
    return new NodeVersions(journal).facts(RUN, plan);
  }

  @Test
  void saysNothingOfWhatNobodyHasSeen() {
    seen("accepts connections", source, "1 of 2");
    seen("is it there", "somewhere", "11.8.3");

    assertThat(facts()).isEmpty();
  }

  @Test
  void namesBothNodesAsTheyWereSeenLast() {
    seen("accepts application writes", target, "writer, version 11.4.8-MariaDB-log");
    seen("refuses application writes", source, "read only, version 10.11.14-MariaDB");
    assertThat(facts())
        .containsExactly(
            Map.entry("versions", source + " 10.11.14-MariaDB, " + target + " 11.4.8-MariaDB-log"));

    seen("version", source, "10.11.15-MariaDB");
    assertThat(facts().get("versions")).startsWith(source + " 10.11.15-MariaDB, ");
  }

  @Test
  void namesTheReleaseThatCameBackInPlace() {
    seen("accepts application writes", target, "writer, version 11.8.3-MariaDB");
    seen("is 10.11", target, "10.11.14-MariaDB");

    assertThat(facts()).containsExactly(Map.entry("versions", target + " 10.11.14-MariaDB"));
  }
}
