package dev.repli.runbook;

import dev.repli.engine.CommandRule;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** An engine with the models and forms of one runbook; jobs run when the test says so. */
public final class RunbookEngine implements AutoCloseable {
  private static final Path PROCESSES = Path.of("processes");
  private static final Path FORMS = Path.of("forms");
  public final Map<Object, Object> beans = new HashMap<>();
  public final ProcessEngine engine;
  private final List<Path> models;

  /**
   * @param folder whose models and forms are deployed, for example {@code rollback}
   * @param borrowed models of other folders that these call, for example {@code
   *     rollback/FailedStepProcess.bpmn}; the forms of their folders come with them
   * @param pretended models of the test's class path in place of real ones
   */
  public RunbookEngine(String folder, List<String> borrowed, List<String> pretended) {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName(folder);
    configuration.setJdbcUrl("jdbc:h2:mem:" + folder + ";DB_CLOSE_DELAY=-1");
    configuration.setDatabaseSchemaUpdate("create-drop");
    configuration.setJobExecutorActivate(false);
    configuration.setHistory("full");
    configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
    configuration.setBeans(beans);
    configuration.setCustomPostCommandInterceptorsTxRequired(List.of(new AskRule()));
    engine = configuration.buildProcessEngine();
    models = files(PROCESSES.resolve(folder)).filter(RunbookEngine::isProcess).toList();
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    files(PROCESSES.resolve(folder)).forEach(file -> add(deployment, file));
    borrowed.stream().map(PROCESSES::resolve).forEach(file -> add(deployment, file));
    Stream.concat(Stream.of(folder), borrowed.stream().map(RunbookEngine::folder))
        .distinct()
        .map(FORMS::resolve)
        // a runbook that asks nobody has none
        .filter(Files::isDirectory)
        .flatMap(RunbookEngine::files)
        .forEach(file -> add(deployment, file));
    pretended.forEach(deployment::addClasspathResource);
    deployment.deploy();
  }

  /** As the real engine asks every rule before every command. */
  private final class AskRule extends CommandInterceptor {
    @Override
    public <T> T execute(Command<T> command) {
      Stream.of("knownAnswers", "postMortemAnswers", "endForm", "messageAnswers", "deltaTablesForm")
          .map(beans::get)
          .filter(CommandRule.class::isInstance)
          .map(CommandRule.class::cast)
          .forEach(rule -> rule.check(command, Context.getCommandContext()));
      return next.execute(command);
    }
  }

  private static String folder(String model) {
    return model.substring(0, model.indexOf('/'));
  }

  private static boolean isProcess(Path file) {
    return file.toString().endsWith(".bpmn");
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(DeploymentBuilder deployment, Path file) {
    try {
      deployment.addString(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** End events, boundary events and starts of event sub-processes that no run has passed. */
  public Set<String> neverReached() {
    Set<String> wanted = new TreeSet<>();
    models.forEach(file -> collect(Bpmn.readModelFromFile(file.toFile()), wanted));
    engine.getHistoryService().createHistoricActivityInstanceQuery().list().stream()
        .map(RunbookEngine::name)
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
