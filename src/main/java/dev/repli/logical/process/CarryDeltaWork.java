package dev.repli.logical.process;

import dev.repli.logical.CarryDelta;
import dev.repli.logical.DeltaPart;
import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import org.springframework.stereotype.Component;

/** The part of the work on a delta that is due. */
@Component
class CarryDeltaWork implements LongWork {
  private final CarryDelta carry;

  CarryDeltaWork(CarryDelta carry) {
    this.carry = carry;
  }

  @Override
  public WorkResult perform(WorkOrder order, WorkWatch watch) {
    DeltaPart part =
        order
            .fact(DeltaPart.FACT)
            .map(DeltaPart::valueOf)
            .orElseThrow(() -> new IllegalStateException("no part of the work is named"));
    return carry
        .perform(part, order.run(), order.plan(), watch)
        .<WorkResult>map(WorkResult.Failed::new)
        .orElseGet(WorkResult.Done::new);
  }

  @Override
  public String hint() {
    return "A table that cannot be imported into: the reason says what to change on the source. A"
        + " statement in the way: no delta leads over it; end this rollback.";
  }
}
