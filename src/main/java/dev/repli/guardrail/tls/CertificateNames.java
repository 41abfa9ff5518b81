package dev.repli.guardrail.tls;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Security;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

@Component
final class CertificateNames implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.TLS,
            "certificate-names",
            "Certificates are made out to the names that clients use")
        .protectsFrom("clients with verify-full that refuse the new writer")
        .reads(
            "names in each node's certificate, host of the node and endpoints of the"
                + " routes in the plan")
        .mend(
            "make a certificate with all of these as subject alternative names; accounts"
                + " with a password verify a self-signed one from 11.4 on without it, by the"
                + " password itself");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Set<String> used = new TreeSet<>();
      used.add(node.node().address().host());
      situation
          .plan()
          .routes()
          .forEach(
              route -> route.endpoint().ifPresent(endpoint -> used.add(endpoint.address().host())));
      node.security()
          .get()
          .certificate()
          .ifPresent(
              certificate ->
                  used.stream()
                      .filter(name -> !matches(certificate, name))
                      .forEach(
                          name ->
                              problems.add(
                                  "%s: not made out to %s, but to %s"
                                      .formatted(node.label(), name, given(certificate)))));
    }
    return Verdict.unless(problems, "made out to the hosts of the plan");
  }

  private static String given(Security.Certificate certificate) {
    return certificate.names().isEmpty()
        ? certificate.subject() + " without a subject alternative name"
        : String.join(", ", certificate.names());
  }

  private static boolean matches(Security.Certificate certificate, String name) {
    return certificate.names().stream()
        .anyMatch(
            given ->
                given.equalsIgnoreCase(name)
                    || (given.startsWith("*.")
                        && name.contains(".")
                        && name.substring(name.indexOf('.')).equalsIgnoreCase(given.substring(1))));
  }
}
