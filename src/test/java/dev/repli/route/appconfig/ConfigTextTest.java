package dev.repli.route.appconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.route.appconfig.ConfigText.BadConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "host=db1|host=db2",
        "host = db1|host = db2",
        "host: db1|host: db2",
        "  host: db1  |  host: db2  ",
        "\thost:\tdb1|\thost:\tdb2",
        "host: \"db1\" # why|host: \"db2\" # why",
        "host='db1'|host='db2'",
        "export host=db1|export host=db2",
        "host=db1;comment|host=db2;comment",
        "host=|host=db2",
        "my.host=x\nhost=db1|my.host=x\nhost=db2",
        "hosts=db1\nhost=db1\nhostname=db1|hosts=db1\nhost=db2\nhostname=db1",
        "#host=db0\nhost=db1|#host=db0\nhost=db2",
        "host=db1\r\nport=1\r\n|host=db2\r\nport=1\r\n",
        "host=::1|host=db2"
      })
  void replacesTheValueAndNothingElse(String beforeAndAfter) {
    String before = beforeAndAfter.substring(0, beforeAndAfter.indexOf('|'));
    String after = beforeAndAfter.substring(beforeAndAfter.indexOf('|') + 1);
    assertThat(new ConfigText(before).with("host", "db2").text()).isEqualTo(after);
  }

  @Test
  void takesTheKeyLiterally() {
    ConfigText text = new ConfigText("dbxhost=a\ndb.host=b\n");
    assertThat(text.value("db.host")).isEqualTo("b");
    assertThat(text.with("db.host", "$1\\2").text()).isEqualTo("dbxhost=a\ndb.host=$1\\2\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host=db1 db2", "host='db1", "host=\"db1'", "host=jdbc:x://db1 ?", "host=\"a\"b"})
  void refusesAValueThatIsNotOnePlainWord(String line) {
    assertThatThrownBy(() -> new ConfigText(line).value("host"))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("not one plain word");
  }

  @Test
  void refusesAKeyThatIsMissingOrStandsTwice() {
    assertThatThrownBy(() -> new ConfigText("# host=db1").value("host"))
        .isInstanceOf(BadConfigException.class)
        .hasMessage("key 'host' is missing");
    assertThatThrownBy(() -> new ConfigText("a:\n  host: x\nb:\n  host: y\n").value("host"))
        .isInstanceOf(BadConfigException.class)
        .hasMessage("key 'host' stands 2 times");
  }
}
