package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static final Pattern METRIC = Pattern.compile("repli_[a-z0-9_]+(?=[){ \\[])");

  @Test
  void askOnlyForMetricsThatAreDescribed() throws IOException {
    String described = Files.readString(Path.of("docs/metrics.md"));
    TreeSet<String> asked =
        Files.readAllLines(Path.of("docker/prometheus/repli-alerts.yml")).stream()
            .filter(line -> line.contains("expr:"))
            .flatMap(line -> METRIC.matcher(line).results().map(MatchResult::group))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(asked)
        .hasSizeGreaterThan(3)
        .allSatisfy(name -> assertThat(described).contains("`" + name));
  }
}
