package dev.repli.inplace.process;

import dev.repli.inplace.InPlaceRollback;
import dev.repli.inplace.InPlaceStep;
import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import org.springframework.stereotype.Component;

/**
 * The step of going back in place that is due. All steps are one work of a run: so a new one, or
 * the undo after an abort, takes the right to act away from whatever still runs.
 */
@Component
class InPlaceWork implements LongWork {
  /** All steps written down, not run. */
  static final String REHEARSE = "REHEARSE";

  static final String UNDO = "UNDO";

  /** Looks for the end of the recovery that people chose. */
  static final String CHOOSE_END = "CHOOSE_END";

  private static final String STEP = "inPlaceStep";

  private final InPlaceRollback rollback;

  InPlaceWork(InPlaceRollback rollback) {
    this.rollback = rollback;
  }

  @Override
  public WorkResult perform(WorkOrder order, WorkWatch watch) {
    String step = order.fact(STEP).orElseThrow(() -> new IllegalStateException("no step is named"));
    return switch (step) {
      case REHEARSE -> rollback.rehearse(order, watch);
      case CHOOSE_END -> rollback.chooseEnd(order, watch);
      case UNDO -> rollback.undo(order, watch);
      default -> rollback.perform(InPlaceStep.valueOf(step), order, watch);
    };
  }

  @Override
  public String hint() {
    return "The reason names the machine, the server, or the finding. A step that is tried again"
        + " goes on where it stopped. Going back is possible until the version was switched: the"
        + " newer release serves again with all its data.";
  }
}
