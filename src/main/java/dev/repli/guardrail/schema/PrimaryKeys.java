package dev.repli.guardrail.schema;

import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
final class PrimaryKeys implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "primary-keys",
            "Every replicated table has a primary key, or a unique key without NULL")
        .protectsFrom(
            "a replica that reads the whole table for every row that changes: hours of"
                + " lag; and rows that nobody can tell apart")
        .reads("tables and indexes of the writer (information_schema)")
        .mend(
            "add a primary key; an invisible one will do: ALTER TABLE … ADD COLUMN id"
                + " BIGINT AUTO_INCREMENT PRIMARY KEY INVISIBLE");
  }

  @Override
  public Verdict check(Situation situation) {
    Tables tables = situation.writer().tables().get();
    Set<TableName> keyed =
        tables.indexes().stream()
            .filter(index -> index.unique() && !index.nullable())
            .map(Tables.Index::table)
            .collect(Collectors.toSet());
    List<String> problems =
        tables.holdingRows().stream()
            .filter(table -> !keyed.contains(table.name()))
            .map(table -> "no key in " + table.name() + ", about " + table.rows() + " rows")
            .toList();
    return Verdict.unless(problems, "all " + tables.holdingRows().size() + " tables");
  }
}
