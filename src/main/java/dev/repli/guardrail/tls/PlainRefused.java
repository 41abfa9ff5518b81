package dev.repli.guardrail.tls;

import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
final class PlainRefused implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.TLS,
            "plain-clients-refused",
            "Nobody who connects without TLS will be refused by the next writer")
        .protectsFrom(
            "error 3159 (server) or 1045 (account with REQUIRE SSL) for every new"
                + " connection after the switch; a replica with MASTER_SSL = 0 too")
        .reads(
            "require_secure_transport of the next writer, TLS requirement of its"
                + " accounts, live sessions of the writer")
        .mend(
            "let those clients use TLS first, or SET GLOBAL require_secure_transport ="
                + " OFF on the next writer for the rollback window");
  }

  @Override
  public Verdict check(Situation situation) {
    NodeSurvey next = situation.next();
    boolean all = next.server().get().isOn("require_secure_transport");
    Set<String> demanding =
        next.accounts().get().all().stream()
            .filter(a -> !a.tls().isEmpty())
            .map(Accounts.Account::user)
            .collect(Collectors.toSet());
    List<String> problems =
        situation.writer().security().get().clients().stream()
            .filter(
                client ->
                    client.plain() && (all || (!client.own() && demanding.contains(client.user()))))
            .map(
                client ->
                    client.user()
                        + " from "
                        + client.host()
                        + (all
                            ? ": error 3159 on the next writer"
                            : ": its account requires TLS there, error 1045"))
            .distinct()
            .toList();
    boolean reverse = all && situation.next().node().tls() == Node.Tls.DISABLED;
    List<String> more = new ArrayList<>(problems);
    if (reverse) {
      more.add(
          "the plan says tls: disabled for "
              + next.label()
              + ", which requires TLS: Repli and the other node's replication are refused");
    }
    String[] advice =
        more.isEmpty()
            ? new String[0]
            : situation.plan().routes().stream().map(PlainRefused::advice).toArray(String[]::new);
    return Verdict.unless(
        more,
        all
            ? "it requires TLS, and everybody uses it"
            : "it does not require TLS of anybody who has none",
        advice);
  }

  /** What each route has to be told so that what goes through it uses TLS. */
  private static String advice(RouteSpec route) {
    return "route " + route.name() + ": " + how(route);
  }

  private static String how(RouteSpec route) {
    if (route instanceof RouteSpec.ProxySql proxy) {
      return "UPDATE mysql_servers SET use_ssl = 1 WHERE hostgroup_id IN (%d, %d); LOAD MYSQL SERVERS TO RUNTIME; SAVE MYSQL SERVERS TO DISK"
          .formatted(proxy.writerHostgroup(), proxy.readerHostgroup());
    }
    if (route instanceof RouteSpec.AppConfig file) {
      return "set TLS beside the address in " + file.file() + " (Connector/J: sslMode=verify-full)";
    }
    if (route instanceof RouteSpec.AppFile file) {
      return "set TLS beside the address in %s of %s (Connector/J: sslMode=verify-full)"
          .formatted(file.file(), file.access().label());
    }
    return "passes TLS through: set it in the clients (Connector/J: sslMode=verify-full)";
  }
}
