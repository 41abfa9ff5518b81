package dev.repli.guardrail.tls;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
final class PlainClients implements Guardrail {

  @Override
  public About about() {
    return About.warns(Group.TLS, "plain-clients", "Nobody connects without TLS")
        .protectsFrom(
            "passwords and data in clear; and clients that the next writer refuses once"
                + " it requires TLS. 11.4 and newer have TLS on by default, their clients"
                + " insist on it")
        .reads("live sessions of the writer with their way in (performance_schema.threads)")
        .mend(
            "Connector/J: sslMode=verify-full (password accounts need no CA file from"
                + " 11.4 on), or trust for a server without a verifiable certificate; command"
                + " line: --ssl --ssl-verify-server-cert; PHP mysqli: MYSQLI_CLIENT_SSL;"
                + " Python: ssl={}; replica: MASTER_SSL=1. Name this guardrail in the approval"
                + " while some have to stay");
  }

  @Override
  public Verdict check(Situation situation) {
    Map<String, Long> plain =
        situation.writer().security().get().clients().stream()
            .filter(client -> !client.own() && client.plain())
            .collect(
                Collectors.groupingBy(
                    c -> c.user() + " from " + c.host(), TreeMap::new, Collectors.counting()));
    List<String> problems =
        plain.entrySet().stream()
            .map(e -> e.getKey() + ": " + e.getValue() + " sessions without TLS")
            .toList();
    return Verdict.unless(
        problems, "none of " + situation.writer().security().get().clients().size() + " sessions");
  }
}
