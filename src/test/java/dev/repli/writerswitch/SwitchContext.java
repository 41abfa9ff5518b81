package dev.repli.writerswitch;

import dev.repli.lab.SwitchTopology;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The writer switch with its real ports and journal, without engine and web: what the process's
 * steps call.
 */
final class SwitchContext implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private SwitchContext(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @ComponentScan(
      basePackages = {
        "dev.repli.plan",
        "dev.repli.database",
        "dev.repli.host",
        "dev.repli.route",
        "dev.repli.journal",
        "dev.repli.writerswitch"
      },
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              pattern = ".*(\\.process\\..*|Test|IT|Child).*"))
  @EnableConfigurationProperties
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class
  })
  static class Wiring {}

  /**
   * Starts it.
   *
   * @param data Repli's own directory; the same one is the same installation
   */
  static SwitchContext start(Path plans, Path data, SwitchObserver observer) {
    return new SwitchContext(
        new SpringApplicationBuilder(Wiring.class)
            .web(WebApplicationType.NONE)
            .initializers(
                context -> context.getBeanFactory().registerSingleton("observer", observer))
            .properties("spring.main.banner-mode=off")
            .run(
                "--repli.plans-dir=" + plans,
                "--repli.data-dir=" + data,
                "--logging.level.root=warn",
                "--spring.datasource.hikari.maximum-pool-size=2"));
  }

  WriterSwitch writerSwitch() {
    return context.getBean(WriterSwitch.class);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  SwitchRequest request(SwitchTopology topology, String switchId, Direction direction) {
    return request(topology.planId(), switchId, direction);
  }

  SwitchRequest request(String planId, String switchId, Direction direction) {
    return new SwitchRequest(
        switchId,
        new RunKey("INC-" + switchId),
        bean(Plans.class).find(new PlanId(planId)).orElseThrow(),
        direction);
  }

  @Override
  public void close() {
    context.close();
  }
}
