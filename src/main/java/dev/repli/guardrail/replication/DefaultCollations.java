package dev.repli.guardrail.replication;

import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class DefaultCollations implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "default-collations",
            "A table made without a collation gets the same one on both nodes")
        .protectsFrom(
            "silent divergence: CREATE TABLE … CHARSET=utf8mb4 becomes uca1400_ai_ci on"
                + " 11.8 and general_ci on 10.11, without an error; sorting and unique keys"
                + " differ from then on")
        .reads("character_set_collations of both nodes, else what the release has always used")
        .mend(
            "set character_set_collations = '' on the newer node (or the older one's"
                + " collation in it) until the rollback window is closed, also in the option"
                + " file; or always write COLLATE");
  }

  @Override
  public Verdict check(Situation situation) {
    if (!GtidStrict.maria(situation)) {
      return Verdict.holds("judged by mysql-replica-of-mariadb");
    }
    String source = of(situation.source().server().get());
    String target = of(situation.target().server().get());
    return Verdict.when(
        source.equals(target),
        source.equals(target)
            ? "the same on both: " + source
            : "utf8mb4 alone means " + source + " on the source, " + target + " on the target",
        "source: " + source,
        "target: " + target);
  }

  /** What {@code CHARSET=utf8mb4} alone gets. */
  private static String of(Server server) {
    String given = server.variable("character_set_collations").orElse("");
    for (String pair : given.split(",", -1)) {
      if (pair.strip().startsWith("utf8mb4=")) {
        return pair.strip().substring("utf8mb4=".length());
      }
    }
    return "utf8mb4_general_ci";
  }
}
