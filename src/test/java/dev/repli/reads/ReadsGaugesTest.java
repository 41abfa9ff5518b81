package dev.repli.reads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.PlanId;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadsGaugesTest {
  private static final PlanId SHOP = new PlanId("shop");
  private static final PlanId OTHER = new PlanId("other");
  private static final long SOURCE_ID = 1;
  private static final long TARGET_ID = 2;
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ReadsGauges gauges = new ReadsGauges(meters);

  /** Of 200 reads the source answers 140, the target 40 in 1 to 40 ms, and 20 fail. */
  private static ReadWindow window() {
    List<ReadSample> samples = new ArrayList<>();
    for (int i = 0; i < 140; i++) {
      samples.add(new ReadSample(NOW, SOURCE_ID, Duration.ofSeconds(9), ""));
    }
    for (int i = 1; i <= 40; i++) {
      samples.add(new ReadSample(NOW, TARGET_ID, Duration.ofMillis(i), ""));
    }
    for (int i = 0; i < 20; i++) {
      samples.add(new ReadSample(NOW, ReadSample.NOBODY, Duration.ofSeconds(5), "refused"));
    }
    return new ReadWindow(NOW, samples);
  }

  private double value(String name, PlanId plan, String... tags) {
    return meters.get(name).tag("plan", plan.value()).tags(tags).gauge().value();
  }

  @Test
  void showsTheShareThatIsSetAndTheOneThatIsCounted() {
    gauges.saw(SHOP, "front", 25, window(), TARGET_ID);

    assertThat(value("repli.reads.share", SHOP, "route", "front", "kind", "set")).isEqualTo(25);
    assertThat(value("repli.reads.share", SHOP, "route", "front", "kind", "counted"))
        .isEqualTo(100 * 40 / 180.0);
  }

  @Test
  void showsHowLongTheTargetTookAndNotHowLongTheOthersDid() {
    gauges.saw(SHOP, "front", 25, window(), TARGET_ID);

    assertThat(value("repli.reads.latency", SHOP, "quantile", "0.5")).isEqualTo(0.020);
    assertThat(value("repli.reads.latency", SHOP, "quantile", "0.95")).isEqualTo(0.038);
    assertThat(value("repli.reads.latency", SHOP, "quantile", "0.99")).isEqualTo(0.040);
  }

  @Test
  void showsHowManyReadsFailed() {
    gauges.saw(SHOP, "front", 25, window(), TARGET_ID);

    assertThat(value("repli.reads.failed", SHOP, "route", "front")).isEqualTo(10);
  }

  @Test
  void showsTheNewestLookOnly() {
    gauges.saw(SHOP, "front", 25, window(), TARGET_ID);
    gauges.saw(SHOP, "front", 5, new ReadWindow(NOW, List.of()), TARGET_ID);

    assertThat(value("repli.reads.share", SHOP, "kind", "set")).isEqualTo(5);
    assertThat(value("repli.reads.share", SHOP, "kind", "counted")).isNaN();
    assertThat(value("repli.reads.latency", SHOP, "quantile", "0.95")).isNaN();
    assertThat(value("repli.reads.failed", SHOP)).isNaN();
  }

  @Test
  void forgetsTheRoutesOfAnEndedRunOnly() {
    gauges.saw(SHOP, "front", 25, window(), TARGET_ID);
    gauges.saw(SHOP, "back", 25, window(), TARGET_ID);
    gauges.saw(OTHER, "front", 50, window(), TARGET_ID);
    gauges.end(SHOP);

    assertThat(value("repli.reads.share", OTHER, "kind", "set")).isEqualTo(50);
    assertThat(meters.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getTag("plan")).isEqualTo("other"));
  }

  @Test
  void areTheOnesThatTheDocumentsName() throws IOException {
    gauges.saw(SHOP, "front", 25, window(), TARGET_ID);
    String docs = Files.readString(Path.of("docs", "metrics.md"));

    Set<String> shown = new TreeSet<>();
    meters.getMeters().forEach(meter -> shown.add(documented(meter.getId())));
    assertThat(shown).hasSize(3).allSatisfy(name -> assertThat(docs).contains(name));
  }

  /** As Prometheus shows it: with its unit, and all labels in braces. */
  private static String documented(Meter.Id id) {
    String unit = id.getBaseUnit() == null ? "" : "_" + id.getBaseUnit();
    String third =
        id.getTags().stream()
            .map(Tag::getKey)
            .filter(key -> !key.equals("plan") && !key.equals("route"))
            .map(key -> "," + key)
            .collect(Collectors.joining());
    return "`" + id.getName().replace('.', '_') + unit + "{plan,route" + third + "}`";
  }
}
