package dev.repli.guardrail.schema;

import dev.repli.database.survey.Tables;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

@Component
final class TablesEqual implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "tables-equal",
            "Tables, columns and keys are defined the same on both nodes")
        .protectsFrom(
            "rows that do not fit, sort differently or clash after the switch, or on the"
                + " way back")
        .reads(
            "tables, columns with types and collations, and indexes of both nodes"
                + " (information_schema)")
        .mend(
            "ALTER the table on the node where it differs; with SET sql_log_bin = 0 when"
                + " it must not travel")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    Tables source = situation.source().tables().get();
    Tables target = situation.target().tables().get();
    boolean across = situation.source().node().kind() != situation.target().node().kind();
    List<String> problems = new ArrayList<>();
    Differences.between(names(source), names(target), problems);
    Differences.between(columns(source, across), columns(target, across), problems);
    Differences.between(indexes(source), indexes(target), problems);
    return Verdict.unless(problems, source.all().size() + " tables and views are defined the same");
  }

  private static Map<String, String> names(Tables tables) {
    Map<String, String> names = new TreeMap<>();
    tables.all().forEach(table -> names.put("table " + table.name(), "a " + table.type()));
    return names;
  }

  private static Map<String, String> columns(Tables tables, boolean across) {
    Map<String, String> columns = new TreeMap<>();
    for (Tables.Column column : tables.columns(any -> true)) {
      String collation = across ? "" : column.collation().map(c -> " " + c).orElse("");
      String type = across ? column.dataType() : column.type();
      columns.put(
          "column " + column,
          column.position()
              + ". "
              + type
              + collation
              + (column.nullable() ? "" : " not null")
              + (column.generated().isEmpty() ? "" : " generated"));
    }
    return columns;
  }

  private static Map<String, String> indexes(Tables tables) {
    Map<String, String> indexes = new TreeMap<>();
    tables
        .indexes()
        .forEach(
            index ->
                indexes.put(
                    "index " + index.table() + "." + index.name(),
                    (index.unique() ? "unique " : "") + index.parts()));
    return indexes;
  }
}
