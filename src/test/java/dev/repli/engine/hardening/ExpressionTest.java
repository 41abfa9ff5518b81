package dev.repli.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.engine.EngineTest;
import java.util.Date;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.impl.juel.SimpleContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class ExpressionTest {
  @Autowired private ProcessEngineConfigurationImpl engine;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${''.getClass().forName('java.lang.Runtime')}",
        "${''.class}",
        "${now().getClass()}",
        "${dataSource}",
        "${dataSource.getJdbcUrl()}",
        "${runtimeService}",
        "${journal.read(null)}",
        "${environment.getProperty('user.home')}",
        "${dateTime().getZone().getClass()}",
        "${trialDelegate.toString()}"
      })
  void refusesWhatReachesBeyondVariablesAndDelegates(String expression) {
    assertThatThrownBy(() -> evaluate(expression))
        .hasStackTraceContaining("juel.jakarta.el")
        .isNotInstanceOf(NullPointerException.class);
  }

  @Test
  void refusesTheEngineBehindTheExecution() {
    assertThatThrownBy(
            () ->
                new ValueResolver()
                    .getValue(new SimpleContext(), new ExecutionEntity(), "processEngineServices"))
        .hasMessageContaining("'processEngineServices'");
  }

  @Test
  void computesDueDatesAndNamesDelegates() {
    assertThat(evaluate("${dateTime().plusMinutes(15).toDate()}")).isInstanceOf(Date.class);
    assertThat(evaluate("${now()}")).isInstanceOf(Date.class);
    assertThat(evaluate("${trialDelegate}")).isNotNull();
    assertThat(evaluate("${'a'.concat('b').length() == 2}")).isEqualTo(true);
  }

  private Object evaluate(String expression) {
    return engine
        .getCommandExecutorTxRequired()
        .execute(
            context ->
                engine
                    .getExpressionManager()
                    .createExpression(expression)
                    .getValue(StartProcessVariableScope.getSharedInstance()));
  }
}
