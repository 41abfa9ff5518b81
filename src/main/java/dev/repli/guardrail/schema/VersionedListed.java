package dev.repli.guardrail.schema;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class VersionedListed implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.SCHEMA,
            "versioned-tables",
            "System-versioned tables are known, with the range of their timestamps on"
                + " each node")
        .protectsFrom(
            "history that ends in 2038 on one node and in 2106 on the other: current rows"
                + " can vanish without an error when data files change hands")
        .reads(
            "tables of type SYSTEM VERSIONED and versions of both nodes; from 11.5 on the"
                + " end of time is 2106, before it is 2038")
        .mend(
            "by replication nothing is to do: row_end is converted both ways. Data files"
                + " taken over by a newer server need mariadb-upgrade, or ALTER TABLE … FORCE"
                + " on each table (or an online change), with clients kept out"
                + " (skip-networking) until it is done. Copies with history need mariadb-dump"
                + " --dump-history --update-history of 11.8. Name this guardrail in the"
                + " approval");
  }

  @Override
  public Verdict check(Situation situation) {
    boolean same =
        VersionedRange.of(situation.source()).equals(VersionedRange.of(situation.target()));
    List<String> evidence = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      List<TableName> names =
          node.tables().get().all().stream()
              .filter(Tables.Table::isVersioned)
              .map(Tables.Table::name)
              .toList();
      evidence.add(node.label() + ", " + VersionedRange.of(node).words() + ": " + names);
    }
    boolean any =
        situation.both().stream()
            .anyMatch(n -> n.tables().get().all().stream().anyMatch(Tables.Table::isVersioned));
    String[] shown = evidence.toArray(String[]::new);
    if (!any) {
      return Verdict.holds("there are none");
    }
    return Verdict.when(
        same,
        same
            ? "the same range on both nodes"
            : "a way back by data files (in-place) makes their current rows vanish; by replication they are converted",
        shown);
  }
}
