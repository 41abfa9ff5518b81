package dev.repli.criteria;

import java.util.List;

/** The team's decision table {@code RollbackCriteria}. */
public interface CriteriaTable {

  /**
   * Every rule that matches; empty when none does, which counts as inconclusive.
   *
   * @param preset for example {@code STANDARD}
   * @param criterion name of a criterion, or {@code REPORTED_HIGH} for what somebody only says
   * @param state one of {@link Reading.State}
   */
  List<Ruling> judge(String preset, String criterion, String state);
}
