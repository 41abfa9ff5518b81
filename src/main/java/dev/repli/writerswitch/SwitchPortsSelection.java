package dev.repli.writerswitch;

/** The one place that chooses between acting and describing. */
@FunctionalInterface
interface SwitchPortsSelection {
  SwitchPorts select(boolean dryRun);
}
