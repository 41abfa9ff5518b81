package dev.repli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A node that was killed in a job and comes back under its name does not wait for the lock. */
class OwnLocksTest {
  private static final Duration LOCK = Duration.ofMinutes(5);

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  @Test
  void takesBackAtOnceWhatItHadLockedBeforeItWasKilled() {
    lockAJobAs("node-a");

    ProcessEngine engine = start("node-a", true);
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> jobs(engine) == 0);
    } finally {
      engine.close();
    }
  }

  @Test
  void leavesTheJobsOfOtherNodesAlone() {
    lockAJobAs("node-b");

    ProcessEngine engine = start("node-a", false);
    try {
      assertThat(lockOwners()).containsExactly(Map.of("LOCK_OWNER_", "node-b"));
    } finally {
      engine.close();
    }
  }

  private void lockAJobAs(String node) {
    ProcessEngine engine = start("first", false);
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("Locked")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .camundaAsyncBefore()
            .endEvent()
            .done();
    engine.getRepositoryService().createDeployment().addModelInstance("l.bpmn", model).deploy();
    engine.getRuntimeService().startProcessInstanceByKey("Locked");
    database()
        .update(
            "UPDATE ACT_RU_JOB SET LOCK_OWNER_ = ?, LOCK_EXP_TIME_ = ?",
            node,
            Date.from(Instant.now().plus(LOCK)));
    engine.close();
  }

  private ProcessEngine start(String node, boolean jobs) {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName(UUID.randomUUID().toString());
    configuration.setJdbcUrl(url);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setJobExecutorActivate(jobs);
    configuration
        .getProcessEnginePlugins()
        .add(
            new EngineSettings(
                new TestConnection(url), new NodeIdentity(node), List.of(), List.of()));
    return configuration.buildProcessEngine();
  }

  private static long jobs(ProcessEngine engine) {
    return engine.getManagementService().createJobQuery().count();
  }

  private List<Map<String, Object>> lockOwners() {
    return database().queryForList("SELECT LOCK_OWNER_ FROM ACT_RU_JOB");
  }

  private JdbcTemplate database() {
    return new JdbcTemplate(new DriverManagerDataSource(url, "sa", ""));
  }

  private record TestConnection(String getJdbcUrl) implements JdbcConnectionDetails {
    @Override
    public String getUsername() {
      return "sa";
    }

    @Override
    public String getPassword() {
      return "";
    }
  }
}
