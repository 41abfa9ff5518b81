package dev.repli.plan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
  @TempDir Path directory;

  private static String example() throws IOException {
    return Files.readString(Path.of("plans/examples/blue-green.yaml"));
  }

  private Plan plan(String text) {
    PlanFile file = PlanTexts.read(directory, text);
    assertThat(file.errors()).isEmpty();
    return ((PlanFile.Good) file).plan();
  }

  @Test
  void theActiveEnvironmentIsTheSource() throws IOException {
    Plan plan = plan(example());

    assertThat(plan.source().label()).isEqualTo("source blue (tickets-blue.example:3306)");
    assertThat(plan.target().called()).isEqualTo("green");
  }

  @Test
  void oneWordTurnsTheDirectionOfTheServersAndTheirRoutes() throws IOException {
    Plan plan = plan(example().replace("active: blue", "active: green"));

    assertThat(plan.source().label()).isEqualTo("source green (tickets-green.example:3306)");
    assertThat(plan.source().role()).isEqualTo(Node.Role.SOURCE);
    assertThat(plan.target().called()).isEqualTo("blue");
    assertThat(plan.target().role()).isEqualTo(Node.Role.TARGET);
    RouteSpec.Haproxy route = (RouteSpec.Haproxy) plan.routes().get(0);
    assertThat(route.sourceServer()).isEqualTo("green");
    assertThat(route.targetServer()).isEqualTo("blue");
  }

  @Test
  void theDirectionIsPartOfWhatAnApprovalBindsTo() throws IOException {
    String other = example().replace("active: blue", "active: green");

    assertThat(plan(other).contentHash()).isNotEqualTo(plan(example()).contentHash());
  }

  @Test
  void aServerWithoutANameIsCalledByItsRole() {
    assertThat(plan(PlanTexts.GOOD).target().called()).isEqualTo("target");
  }

  @Test
  void refusesNamesThatDoNotTellWhichIsWhich() throws IOException {
    assertThat(PlanTexts.messages(directory, example().replace("active: blue", "active: red")))
        .singleElement()
        .asString()
        .contains("active \"red\" is the environment of neither server");
    assertThat(
            PlanTexts.messages(
                directory, example().replace("environment: green", "environment: blue")))
        .singleElement()
        .asString()
        .contains("both servers are blue");
    assertThat(PlanTexts.messages(directory, example().replace("  environment: green\n", "")))
        .singleElement()
        .asString()
        .contains("only one of the two servers has an environment");
  }
}
