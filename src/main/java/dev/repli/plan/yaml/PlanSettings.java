package dev.repli.plan.yaml;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where plans are.
 *
 * @param plansDir directory whose *.yaml files are the plans; sub-directories are not read
 * @param dataDir directory for Repli's own files; copies of plans go into its sub-directory plans
 */
@ConfigurationProperties("repli")
record PlanSettings(
    @DefaultValue(PlanSettings.DEFAULT) Path plansDir, @DefaultValue("data") Path dataDir) {
  static final String DEFAULT = "plans";

  /** Only the default may be missing: a directory that somebody named has to be there. */
  boolean mayBeMissing() {
    return plansDir.equals(Path.of(DEFAULT));
  }
}
