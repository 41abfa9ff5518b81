package dev.repli.engine.hardening;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Gives the engine expressions that reach named beans only, and no script engine. */
@Component
class Hardening extends AbstractProcessEnginePlugin {
  private final ApplicationContext beans;

  Hardening(ApplicationContext beans) {
    this.beans = beans;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setExpressionManager(new AllowedExpressions(beans));
    engine.setScriptEngineResolver(new NoScriptEngines());
    engine.setCmmnEnabled(false);
  }
}
