package dev.repli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineDatabaseTest {
  private static final NodeIdentity DEFAULT = new NodeIdentity(NodeIdentity.DEFAULT_NODE_ID);

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:file:./repli", "jdbc:h2:~/repli;WRITE_DELAY=500", "jdbc:h2:/a"})
  void refusesAnH2FileThatWritesLate(String url) {
    assertThatThrownBy(() -> new EngineDatabase(url).requireDurable())
        .hasMessageContaining("WRITE_DELAY=0")
        .hasMessageContaining("spring.datasource.url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:h2:file:./repli;write_delay=0", "jdbc:h2:mem:x", "jdbc:mariadb://h/d"})
  void acceptsWhatKeepsItsCommits(String url) {
    assertThatCode(() -> new EngineDatabase(url).requireDurable()).doesNotThrowAnyException();
  }

  @Test
  void asksForANodeIdWhereSeveralNodesMayShareTheDatabase() {
    EngineDatabase shared = new EngineDatabase("jdbc:mariadb://u:secret@h/d?password=secret");

    assertThatThrownBy(() -> shared.requireIdentity(DEFAULT))
        .hasMessageContaining("repli.node-id")
        .hasMessageNotContaining("secret");
    assertThatCode(() -> shared.requireIdentity(new NodeIdentity("n1"))).doesNotThrowAnyException();
    assertThatCode(() -> new EngineDatabase("jdbc:h2:mem:x").requireIdentity(DEFAULT))
        .doesNotThrowAnyException();
  }

  @Test
  void tellsTheEngineThatMariaDbIsLikeMySql() {
    assertThat(new EngineDatabase("jdbc:mariadb://h/d").type()).contains("mysql");
    assertThat(new EngineDatabase("jdbc:postgresql://h/d").type()).isEmpty();
  }
}
