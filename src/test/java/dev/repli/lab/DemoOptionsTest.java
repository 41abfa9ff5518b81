package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.lab.DemoOptions.Kind;
import dev.repli.plan.Node;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
  @Test
  void waitsForPeopleUnlessToldOtherwise() {
    assertThat(DemoOptions.of(List.of()))
        .isEqualTo(new DemoOptions(Kind.ROLLBACK, false, false, 8080, Optional.empty()));
  }

  @Test
  void takesEveryArgument() {
    assertThat(
            DemoOptions.of(
                List.of("cutover", "--auto", "--dry-run", "--port=9090", "--log=demo.log")))
        .isEqualTo(new DemoOptions(Kind.CUTOVER, true, true, 9090, Optional.of("demo.log")));
  }

  @Test
  void namesWhatItKnowsWhenAnArgumentIsUnknown() {
    assertThatThrownBy(() -> DemoOptions.of(List.of("--atuo")))
        .hasMessage("unknown argument --atuo; " + DemoOptions.USAGE);
  }

  @Test
  void refusesAPortThatIsNone() {
    assertThatThrownBy(() -> DemoOptions.of(List.of("--port=99999"))).hasMessageContaining("65535");
  }

  @Test
  void beginsTheLogicalDemoAfterACutover() {
    DemoOptions options = DemoOptions.of(List.of("logical", "--auto"));

    assertThat(options.kind()).isEqualTo(Kind.LOGICAL);
    assertThat(options.runbook()).isEqualTo("rollback");
    assertThat(options.firstWriter()).isEqualTo(Node.Role.TARGET);
  }

  @Test
  void writesLessWhereEachWriteIsWrittenAgain() {
    assertThat(DemoOptions.of(List.of("in-place")).writesPerSecond())
        .isLessThan(DemoOptions.of(List.of()).writesPerSecond());
  }

  @Test
  void showsOneThingAtATime() {
    assertThat(DemoOptions.of(List.of("in-place", "in-place")).kind()).isEqualTo(Kind.IN_PLACE);
    assertThatThrownBy(() -> DemoOptions.of(List.of("in-place", "cutover")))
        .hasMessageStartingWith("in-place and cutover are two demos");
  }
}
