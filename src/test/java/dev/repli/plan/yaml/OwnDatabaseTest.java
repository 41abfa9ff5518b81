package dev.repli.plan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnDatabaseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "jdbc:h2:file:./data/repli;WRITE_DELAY=0 ''",
        "jdbc:h2:tcp://db1/repli ''",
        "jdbc:mariadb://db1/repli db1:3306",
        "jdbc:mariadb://DB1:3307/repli?user=x db1:3307",
        "jdbc:mariadb://db1:3307,db2/repli db1:3307,db2:3306",
        "jdbc:mariadb:replication://db1,db2/repli db1:3306,db2:3306",
        "jdbc:mariadb:///repli localhost:3306",
        "jdbc:mariadb://address=(type=primary)(host=db1)(port=3310)/repli db1:3310",
        "jdbc:mysql://user:pw@db1/repli db1:3306",
        "jdbc:mysql:loadbalance://db1,db2:1/repli db1:3306,db2:1",
        "jdbc:postgresql://db1/repli db1:5432",
        "jdbc:postgresql://[::1]:6432/repli ::1:6432",
      })
  void findsTheServersOfAJdbcAddress(String url, String servers) {
    assertThat(String.join(",", OwnDatabase.servers(url).stream().map(Endpoint::toString).toList()))
        .isEqualTo(servers);
  }
}
