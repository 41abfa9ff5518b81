package dev.repli.reads.process;

import dev.repli.engine.CommandRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;

/** An engine with the models that move reads. */
final class ReadsEngine implements AutoCloseable {
  private static final Path MODELS = Path.of("processes/reads");
  private static final Path FAILED_STEP = Path.of("processes/rollback/FailedStepProcess.bpmn");
  final Map<Object, Object> beans = new HashMap<>();
  final ProcessEngine engine;

  ReadsEngine() throws IOException {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName("reads");
    configuration.setJdbcUrl("jdbc:h2:mem:reads;DB_CLOSE_DELAY=-1");
    configuration.setDatabaseSchemaUpdate("create-drop");
    configuration.setJobExecutorActivate(false);
    configuration.setHistory("full");
    configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
    configuration.setBeans(beans);
    configuration.setCustomPostCommandInterceptorsTxRequired(List.of(new AskRule()));
    engine = configuration.buildProcessEngine();
    deploy();
  }

  /** As the real engine asks every rule before every command. */
  private final class AskRule extends CommandInterceptor {
    @Override
    public <T> T execute(Command<T> command) {
      if (beans.get("knownAnswers") instanceof CommandRule rule) {
        rule.check(command, Context.getCommandContext());
      }
      return next.execute(command);
    }
  }

  private void deploy() throws IOException {
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    for (Path file : all()) {
      deployment.addString(file.getFileName().toString(), Files.readString(file));
    }
    deployment.deploy();
  }

  private static List<Path> all() throws IOException {
    try (Stream<Path> models = Files.list(MODELS);
        Stream<Path> forms = Files.list(Path.of("forms/reads"));
        Stream<Path> answers = Files.list(Path.of("forms/rollback"))) {
      return Stream.of(models, Stream.of(FAILED_STEP), forms, answers)
          .flatMap(files -> files)
          .toList();
    }
  }

  /** End events, boundary events and starts of event sub-processes that no run has passed. */
  Set<String> neverReached() throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (Path file : all()) {
      if (file.startsWith(MODELS)) {
        collect(Bpmn.readModelFromFile(file.toFile()), wanted);
      }
    }
    engine.getHistoryService().createHistoricActivityInstanceQuery().list().stream()
        .map(ReadsEngine::name)
        .forEach(wanted::remove);
    return wanted;
  }

  private static void collect(BpmnModelInstance model, Set<String> wanted) {
    String process = model.getModelElementsByType(Process.class).iterator().next().getId();
    Stream.of(EndEvent.class, BoundaryEvent.class, StartEvent.class)
        .flatMap(type -> model.getModelElementsByType(type).stream())
        .map(FlowElement::getId)
        .forEach(id -> wanted.add(process + "/" + id));
  }

  private static String name(HistoricActivityInstance activity) {
    return activity.getProcessDefinitionKey() + "/" + activity.getActivityId();
  }

  @Override
  public void close() {
    engine.close();
  }
}
