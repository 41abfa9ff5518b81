package dev.repli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;
import org.junit.jupiter.api.Test;

class ProcessVariableTest {
  private static final ProcessVariable<Duration> LIMIT = ProcessVariable.duration("limit");
  private static final ProcessVariable<Mood> MOOD = ProcessVariable.choice("mood", Mood.class);
  private static final ProcessVariable<String> NOTE = ProcessVariable.text("note");

  enum Mood {
    CALM,
    TENSE
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> LIMIT.read(StartProcessVariableScope.getSharedInstance()))
        .hasMessageContaining("'limit'")
        .hasMessageContaining("a duration like PT5M")
        .hasMessageContaining("is missing");
  }

  @Test
  void saysWhatWasExpectedWhenTheTypeIsAnother() {
    assertThatThrownBy(() -> MOOD.find(Map.of("mood", "angry")))
        .hasMessageContaining("one of [CALM, TENSE]");
    assertThatThrownBy(() -> LIMIT.find(Map.of("limit", 5)))
        .hasMessageContaining("a duration like PT5M")
        .hasMessageContaining("Integer");
  }

  @Test
  void givesBackWhatWasPut() {
    Map<String, Object> variables = new HashMap<>();
    LIMIT.put(variables, Duration.ofMinutes(5));
    MOOD.put(variables, Mood.TENSE);

    assertThat(variables).containsEntry("limit", "PT5M").containsEntry("mood", "TENSE");
    assertThat(LIMIT.find(variables)).contains(Duration.ofMinutes(5));
    assertThat(MOOD.find(variables)).contains(Mood.TENSE);
  }

  @Test
  void cutsATextThatTheEngineCouldNotStore() {
    Map<String, Object> variables = new HashMap<>();
    NOTE.put(variables, "x".repeat(5000));

    assertThat(NOTE.find(variables)).hasValueSatisfying(t -> assertThat(t).hasSize(4000));
  }
}
