package dev.repli.plan.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Repli does not start with the plans it was given. */
final class InvalidPlansException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidPlansException(List<PlanError> errors) {
    super(errors.stream().map(PlanError::message).collect(Collectors.joining("\n")));
  }
}
