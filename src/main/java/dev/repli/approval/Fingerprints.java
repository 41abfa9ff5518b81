package dev.repli.approval;

import dev.repli.plan.Fingerprint;
import dev.repli.plan.Plan;

/** What an approval is bound to now: the plan's content and the runbooks of this build. */
public interface Fingerprints {
  Fingerprint of(Plan plan);
}
