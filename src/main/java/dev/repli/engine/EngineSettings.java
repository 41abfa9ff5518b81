package dev.repli.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What cannot be said in application.yaml: the database, this node's job locks, and the rules that
 * features lay over the engine's commands and models.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
@EnableConfigurationProperties(NodeIdentity.class)
class EngineSettings extends AbstractProcessEnginePlugin {
  private final EngineDatabase database;
  private final NodeIdentity node;
  private final List<CommandRule> rules;
  private final List<BpmnParseListener> modelRules;

  EngineSettings(
      JdbcConnectionDetails connection,
      NodeIdentity node,
      List<CommandRule> rules,
      List<BpmnParseListener> modelRules) {
    this.database = new EngineDatabase(connection.getJdbcUrl());
    this.node = node;
    this.rules = List.copyOf(rules);
    this.modelRules = List.copyOf(modelRules);
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    database.requireDurable();
    database.requireIdentity(node);
    database.type().ifPresent(engine::setDatabaseType);
    List<CommandInterceptor> inOrder = new ArrayList<>();
    rules.forEach(rule -> inOrder.add(new RuleInterceptor(rule)));
    engine.setCustomPostCommandInterceptorsTxRequired(inOrder);
    engine.setCustomPostCommandInterceptorsTxRequiresNew(again());
    List<BpmnParseListener> listeners = new ArrayList<>(modelRules);
    if (engine.getCustomPreBPMNParseListeners() != null) {
      listeners.addAll(engine.getCustomPreBPMNParseListeners());
    }
    engine.setCustomPreBPMNParseListeners(listeners);
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl engine) {
    engine.getJobExecutor().setLockOwner(node.nodeId());
  }

  /** An interceptor is a link of one chain, so each chain needs its own. */
  private List<CommandInterceptor> again() {
    List<CommandInterceptor> inOrder = new ArrayList<>();
    rules.forEach(rule -> inOrder.add(new RuleInterceptor(rule)));
    return inOrder;
  }

  /** Before the job executor starts: what this node had locked when it died is free at once. */
  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    new OwnLocks(engine).free(node.nodeId());
  }
}
