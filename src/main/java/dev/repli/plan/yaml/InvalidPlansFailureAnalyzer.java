package dev.repli.plan.yaml;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a failed start which plan is wrong, where and why, instead of a stack trace. */
class InvalidPlansFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPlansException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPlansException cause) {
    return new FailureAnalysis(
        "Repli does not start, since its plans are wrong:\n\n" + cause.getMessage(),
        "Mend the plans, or name another directory with repli.plans-dir."
            + " 'java -jar repli.jar plan-check FILE' checks a plan without starting.",
        cause);
  }
}
