package dev.repli.guardrail.tls;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class CertificateDates implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.TLS, "certificate-dates", "Certificates are valid beyond the rollback window")
        .protectsFrom(
            "every verified connection refused at once, at night, while the way back is"
                + " still needed")
        .reads("the certificate that each node shows: not before, not after")
        .mend(
            "give the server a new certificate: replace the files, then FLUSH SSL (no"
                + " restart)")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    Instant until = situation.at().plus(situation.plan().rollbackWindow());
    List<String> problems = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.security()
          .get()
          .certificate()
          .ifPresent(
              certificate -> {
                shown.add(
                    node.label()
                        + ": "
                        + certificate.subject()
                        + ", valid from "
                        + certificate.from()
                        + " until "
                        + certificate.until());
                if (certificate.until().isBefore(until)) {
                  problems.add(
                      node.label()
                          + ": ends "
                          + certificate.until()
                          + ", the rollback window ends "
                          + until);
                }
                if (certificate.from().isAfter(situation.at())) {
                  problems.add(node.label() + ": begins only " + certificate.from());
                }
              });
    }
    return Verdict.unless(problems, "valid long enough", shown.toArray(String[]::new));
  }
}
