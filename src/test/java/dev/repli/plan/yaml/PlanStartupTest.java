package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Plans;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PlanStartupTest {
  @TempDir Path directory;
  private Path secret;
  private String plan = "";

  @BeforeEach
  void writeASecret() throws IOException {
    secret = Files.writeString(directory.resolve("secret"), "hunter2\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    plan = GOOD.replaceAll("env:P[0-9]", "file:" + secret);
  }

  @Test
  void startsWithAGoodPlan() throws IOException {
    runner(plan)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(Plans.class).all()).hasSize(1);
              assertThat(context).hasSingleBean(Secrets.class);
            });
  }

  @Test
  void refusesAPlanWithAnUnresolvedSecretNamingFileLineAndKey() throws IOException {
    runner(plan.replaceFirst("file:[^\"]*", "env:REPLI_TEST_IS_NOT_SET"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(InvalidPlansException.class)
                    .hasMessage(
                        directory.resolve("plans/shop.yaml")
                            + ":6:36: source.account.password cannot be used: secret"
                            + " env:REPLI_TEST_IS_NOT_SET cannot be read: the environment variable"
                            + " REPLI_TEST_IS_NOT_SET is not set"));
  }

  @Test
  void refusesAPlanAboutTheServerOfItsOwnDatabase() throws IOException {
    runner(plan)
        .withPropertyValues("spring.datasource.url=jdbc:mariadb://user@DB2.example/repli?x=y")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessage(
                        directory.resolve("plans/shop.yaml")
                            + ":10:9: target.host is the server of Repli's own database:"
                            + " db2.example:3306; accepted: a server on which Repli does not"
                            + " depend; set spring.datasource.url to a database on another"
                            + " server"));
  }

  @Test
  void refusesBeforeAnyOtherBeanIsMade() throws IOException {
    runner(plan.replace("Shop", "no"))
        .withBean(
            "neverMade",
            Object.class,
            () -> {
              throw new IllegalStateException("a bean was made before the plans were checked");
            })
        .run(context -> assertThat(context).getFailure().isInstanceOf(InvalidPlansException.class));
  }

  @Test
  void explainsAFailedStartWithoutAStackTrace() {
    InvalidPlansException failure =
        new InvalidPlansException(
            java.util.List.of(
                new PlanError("shop.yaml", new Place("title", 2, 8), "is empty", "text", "")));

    var analysis = new InvalidPlansFailureAnalyzer().analyze(new RuntimeException(failure));

    assertThat(analysis).isNotNull();
    assertThat(analysis.getDescription())
        .isEqualTo(
            "Repli does not start, since its plans are wrong:\n\n"
                + "shop.yaml:2:8: title is empty; accepted: text");
    assertThat(analysis.getAction()).contains("repli.plans-dir").contains("plan-check");
  }

  private ApplicationContextRunner runner(String text) throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plans"));
    Files.writeString(plans.resolve("shop.yaml"), text);
    return new ApplicationContextRunner()
        .withUserConfiguration(PlanConfiguration.class)
        .withPropertyValues(
            "repli.plans-dir=" + plans, "repli.data-dir=" + directory.resolve("data"));
  }
}
