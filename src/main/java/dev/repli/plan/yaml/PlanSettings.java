package dev.repli.plan.yaml;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where plans are.
 *
 * @param plansDir directory whose *.yaml files are the plans; sub-directories are not read
 */
@ConfigurationProperties("repli")
record PlanSettings(@DefaultValue(PlanSettings.DEFAULT) Path plansDir) {
  static final String DEFAULT = "plans";

  /** Only the default may be missing: a directory that somebody named has to be there. */
  boolean mayBeMissing() {
    return plansDir.equals(Path.of(DEFAULT));
  }
}
