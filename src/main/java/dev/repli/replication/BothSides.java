package dev.repli.replication;

import dev.repli.plan.Plan;
import dev.repli.replication.SetupServer.Content;
import dev.repli.replication.SetupServer.Facts;
import java.util.ArrayList;
import java.util.List;

/**
 * What the checks look at, and what they found.
 *
 * @param begun whether this run has begun to write on the target, so that its data are ours
 */
record BothSides(
    Plan plan,
    SetupServer source,
    SetupServer target,
    Facts onSource,
    Facts onTarget,
    Content content,
    boolean begun,
    List<Finding> findings) {

  static BothSides look(Plan plan, SetupServer source, SetupServer target, boolean begun) {
    return new BothSides(
        plan,
        source,
        target,
        source.look(),
        target.look(),
        source.content(plan.copy().schemas()),
        begun,
        new ArrayList<>());
  }

  String sourceLabel() {
    return source.node().label();
  }

  String targetLabel() {
    return target.node().label();
  }

  /** Good when it is as it has to be, else bad with the way to mend it. */
  void expect(boolean asItHasToBe, String what, String where, String found, String mend) {
    findings.add(
        asItHasToBe
            ? Finding.good(what, where, found)
            : Finding.bad(what, where, found + ". Mend: " + mend));
  }

  void note(String what, String where, String found) {
    findings.add(Finding.note(what, where, found));
  }

  /** At most ten of a list, and how many there are. */
  static String some(List<String> all) {
    String first = String.join(", ", all.subList(0, Math.min(10, all.size())));
    return all.size() > 10 ? first + ", … (" + all.size() + " in all)" : first;
  }
}
