package dev.repli.delta.imports.jdbc;

import dev.repli.delta.conflict.Decision;
import dev.repli.delta.conflict.HeldGroup;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.ImportId;
import dev.repli.runbook.Killed;
import java.util.List;
import java.util.Optional;

/** Repli ends when it would mark a decision. */
record DyingGroups(HeldGroups groups) implements HeldGroups {
  @Override
  public List<HeldGroup> page(
      ImportId id, State state, Optional<String> table, long after, long upTo, int most) {
    return groups.page(id, state, table, after, upTo, most);
  }

  @Override
  public Optional<HeldGroup> open(ImportId id, long group, long upTo) {
    return groups.open(id, group, upTo);
  }

  @Override
  public Optional<Decision> newest(ImportId id, long group) {
    return groups.newest(id, group);
  }

  @Override
  public List<HeldChange> changes(ImportId id, HeldGroup group, long after, int most) {
    return groups.changes(id, group, after, most);
  }

  @Override
  public void decided(ImportId id, Decision decision) {
    throw new Killed("marking");
  }

  @Override
  public List<TableCount> tables(ImportId id) {
    return groups.tables(id);
  }
}
