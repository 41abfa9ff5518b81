package dev.repli.approval;

import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Approvals in a list, for tests of other features. */
public final class KeptApprovals implements Approvals {
  private final List<Approval> all = new ArrayList<>();

  @Override
  public void give(Approval approval) {
    all.add(approval);
  }

  @Override
  public List<Approval> of(RunKey run) {
    return all.stream().filter(approval -> approval.run().equals(run)).toList();
  }

  @Override
  public Optional<Approval> in(String task) {
    return all.stream().filter(approval -> approval.task().equals(task)).findFirst();
  }
}
