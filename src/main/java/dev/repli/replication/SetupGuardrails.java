package dev.repli.replication;

import dev.repli.plan.Plan;
import java.util.List;

/** Guardrails that have a meaning before the target replicates. */
public interface SetupGuardrails {

  /** Reads both nodes, changes nothing; what could not be checked is bad. Some seconds. */
  List<Finding> look(Plan plan);
}
