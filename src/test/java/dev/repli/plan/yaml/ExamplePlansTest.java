package dev.repli.plan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.BlockerPolicy;
import dev.repli.plan.Budgets;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.StepLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExamplePlansTest {
  static final Path SHOP = Path.of("plans/examples/mariadb-11.4-to-11.8.yaml");
  static final Path BILLING = Path.of("plans/examples/mariadb-10.11-to-11.8-haproxy.yaml");

  @Test
  void readsAPlanWithProxySqlAndAConfigurationFile() {
    Plan plan = good(SHOP).plan();

    assertThat(plan.id()).hasToString("shop");
    assertThat(plan.target().label()).isEqualTo("target (db-new.shop.example:3306)");
    assertThat(plan.routes())
        .hasExactlyElementsOfTypes(RouteSpec.ProxySql.class, RouteSpec.AppConfig.class);
    assertThat(plan.routes().get(0).endpoint())
        .contains(
            new Entrance(
                new Endpoint("proxysql.shop.example", 6033), Optional.of(Node.Tls.VERIFY_FULL)));
    assertThat(plan.checks().http()).hasSize(1);
    assertThat(plan.steps().execution()).isEqualTo(Duration.ofMinutes(10));
    assertThat(plan.steps().skippable()).containsExactly("validation");
    assertThat(plan.contentHash()).matches("[0-9a-f]{64}");
  }

  @Test
  void fillsInTheDefaultsOfTheRunbooks() {
    Plan plan = good(BILLING).plan();

    assertThat(plan.locale()).isEqualTo(Locale.FRENCH);
    assertThat(plan.source().address().port()).isEqualTo(3306);
    assertThat(plan.source().tls()).isEqualTo(Node.Tls.TRUST);
    assertThat(plan.source().fenceFile())
        .contains(Path.of("/etc/mysql/mariadb.conf.d/90-repli-fence.cnf"));
    assertThat(plan.target().fenceFile()).isEmpty();
    assertThat(plan.routes().get(0).endpoint().orElseThrow().tls()).isEmpty();
    assertThat(plan.routes())
        .hasExactlyElementsOfTypes(RouteSpec.Haproxy.class, RouteSpec.AppFile.class);
    assertThat(plan.rollbackWindow()).isEqualTo(Duration.ofHours(24));
    assertThat(plan.blockers()).isEqualTo(BlockerPolicy.WAIT);
    assertThat(plan.budgets())
        .isEqualTo(
            new Budgets(
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(3),
                Duration.ofSeconds(5),
                Duration.ofMinutes(60)));
    assertThat(plan.steps())
        .isEqualTo(
            new StepLimits(
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                List.of()));
    assertThat(plan.probe().enabled()).isTrue();
    assertThat(plan.probe().interval()).isEqualTo(Duration.ofMillis(10));
    assertThat(plan.approvals().roles())
        .containsExactly(
            "technical-lead", "project-manager", "system-administrator", "senior-on-call");
    assertThat(plan.approvals().expiry()).isEqualTo(Duration.ofHours(4));
    assertThat(plan.checks().queries()).isEmpty();
  }

  @Test
  void remembersWhereEverySecretIsReferredTo() {
    assertThat(good(SHOP).secrets().keySet())
        .extracting(Place::key)
        .containsExactlyInAnyOrder(
            "source.account.password",
            "source.replication.password",
            "target.account.password",
            "target.replication.password",
            "routes[0].adminAccount.password",
            "probe.account.password");
  }

  static PlanFile.Good good(Path path) {
    PlanFile file = PlanFile.read(path);
    assertThat(file.errors()).isEmpty();
    return (PlanFile.Good) file;
  }
}
