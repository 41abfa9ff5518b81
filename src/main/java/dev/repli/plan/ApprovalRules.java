package dev.repli.plan;

import java.time.Duration;
import java.util.List;

/**
 * Who may decide.
 *
 * @param roles engine groups, any member of which may approve
 * @param expiry an approval older than this is void
 */
public record ApprovalRules(List<String> roles, Duration expiry) {
  public ApprovalRules {
    roles = List.copyOf(roles);
  }
}
