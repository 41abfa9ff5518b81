package dev.repli.guardrail.replication;

import dev.repli.database.survey.Version;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class VersionPair implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.REPLICATION,
            "version-pair",
            "Both nodes have the same release, or the way back to the older one was" + " rehearsed")
        .protectsFrom(
            "a release difference that only shows when changes go back to the older server")
        .reads("versions of both nodes")
        .mend("rehearse the way back with this pair, then name this guardrail in the approval");
  }

  @Override
  public Verdict check(Situation situation) {
    Version source = situation.source().server().get().version();
    Version target = situation.target().server().get().version();
    String pair = source.label() + " and " + target.label();
    return Verdict.when(
        source.sameSeries(target),
        source.sameSeries(target)
            ? pair
            : pair + ": one of the two ways goes to an older release or another dialect");
  }
}
