package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.plus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.CriteriaRules.Probed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources of numbers that are refused, each with the words that matter. */
class BadPlanCriteriaTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: prob}|type is \"prob\", which is not a known type",
        "{type: probe}|type is probe, but no route says where applications connect",
        "{type: probe, url: \"http://x\"}|url is not a known key",
        "{type: prometheus}|url is missing"
      })
  void refusesTheSource(String metrics, String words) {
    assertThat(PlanTexts.messages(directory, plus("criteria: {metrics: " + metrics + "}")))
        .anySatisfy(message -> assertThat(message).contains("criteria.metrics." + words));
  }

  @Test
  void readsAProbeThroughARouteWithAnEntrance() {
    PlanFile file =
        PlanTexts.read(
            directory,
            PlanTexts.with(
                    "name: app\n", "name: app\n    endpoint: {host: db1.example, port: 3306}\n")
                + "criteria: {metrics: {type: probe}}\n");

    assertThat(file.errors()).isEmpty();
    assertThat(((PlanFile.Good) file).plan().criteria().metrics()).isInstanceOf(Probed.class);
  }
}
