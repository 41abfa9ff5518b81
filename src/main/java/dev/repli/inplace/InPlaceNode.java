package dev.repli.inplace;

import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.nio.file.Path;
import java.util.Optional;

/** The node that was upgraded in place, and the names of directories on its machine. */
public record InPlaceNode(Node node, Machine machine, Machine.Previous previous) {

  /** The node of which the plan says how its release before comes back; the target first. */
  public static Optional<InPlaceNode> of(Plan plan) {
    return plan.upgradedInPlace().flatMap(InPlaceNode::of);
  }

  private static Optional<InPlaceNode> of(Node node) {
    return node.machine()
        .filter(machine -> machine.backups().isPresent())
        .flatMap(
            machine ->
                machine.previous().map(previous -> new InPlaceNode(node, machine, previous)));
  }

  /** Today's data. */
  Path data() {
    return machine.dataDirectory();
  }

  /** What people gave up of the writes since the upgrade. */
  Path rest(String run) {
    return beside("repli-rest-" + safe(run) + ".sql");
  }

  /** Under which everything runs there, so that there is one thing at a time. */
  Path mark() {
    return beside("repli-in-place");
  }

  private Path beside(String name) {
    return data().resolveSibling(data().getFileName() + "." + name);
  }

  static String safe(String run) {
    return run.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  boolean isPrevious(String version) {
    String wanted = previous.version();
    return version.equals(wanted)
        || version.startsWith(wanted + ".")
        || version.startsWith(wanted + "-");
  }
}
