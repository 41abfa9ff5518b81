package dev.repli.reads.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.database.ServerPair;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import dev.repli.route.ReadWeights;
import dev.repli.route.proxysql.ProxySql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Readers in hostgroup 20, to which the accounts that read belong. */
class ProxySqlReadsIT extends ReadsRunbookContract {
  private static final SecretRef ADMIN = new SecretRef("env:PROXYSQL");

  @SuppressWarnings("NullAway.Init") // started before it is asked
  private ProxySql proxy;

  @SuppressWarnings("NullAway.Init") // started before it is asked
  private Endpoint target;

  @Override
  void assumeInstalled() {
    assumeThat(ProxySql.program())
        .as("proxysql is not on the PATH; see docs/proxysql.md")
        .isPresent();
  }

  @Override
  AutoCloseable startProxy(Path folder, ServerPair pair) {
    Endpoint source = pair.sourceNode().address();
    target = pair.targetNode().address();
    proxy = ProxySql.start(folder, pair.accounts().application());
    proxy.run(
        user("app", pair.accounts().application()),
        user("repli_probe", pair.accounts().probe()),
        "LOAD MYSQL USERS TO RUNTIME",
        server(10, source, 1),
        server(20, source, 1),
        server(20, target, 0),
        "LOAD MYSQL SERVERS TO RUNTIME");
    return proxy;
  }

  private static String user(String name, String password) {
    return "INSERT INTO mysql_users(username,password,default_hostgroup) VALUES ('%s','%s',20)"
        .formatted(name, password);
  }

  private static String server(int hostgroup, Endpoint at, int weight) {
    return "INSERT INTO mysql_servers(hostgroup_id,hostname,port,weight) VALUES (%d,'%s',%d,%d)"
        .formatted(hostgroup, at.host(), at.port(), weight);
  }

  @Override
  RouteSpec route() {
    return new RouteSpec.ProxySql(
        "front",
        Optional.of(new Entrance(proxy.entrance(), Optional.of(Node.Tls.DISABLED))),
        proxy.adminEndpoint(),
        new Account("admin", ADMIN),
        10,
        20,
        Duration.ofSeconds(1));
  }

  @Override
  Secrets secrets(ServerPair known) {
    return reference ->
        reference.equals(ADMIN) ? ProxySql.ADMIN_PASSWORD : known.secrets().resolve(reference);
  }

  @Override
  void assertKept(ReadWeights weights) {
    String disk =
        "SELECT weight FROM disk.mysql_servers WHERE hostgroup_id=20 AND port=" + target.port();
    assertThat(proxy.ask(disk)).isEqualTo(Integer.toString(weights.target()));
  }
}
