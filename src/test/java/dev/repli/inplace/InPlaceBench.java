package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.host.Cancellation;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Secrets;
import dev.repli.route.Routes;
import dev.repli.runbook.Killed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The steps with everything real but the journal, and a Repli that can be killed. */
public final class InPlaceBench implements AutoCloseable {
  final Journal journal = new InMemoryJournal();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  final InPlaceRollback rollback;
  final InPlaceView view;

  public InPlaceBench() {
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Secrets.class, () -> reference -> UpgradedLab.PASSWORD);
    context.registerBean(Routes.class, () -> new Routes(List.of()));
    context.register(
        InPlacePorts.class, EarlierClosedTime.class, InPlaceRollback.class, ViewInPlace.class);
    context.scan(
        "dev.repli.database", "dev.repli.host", "dev.repli.inplace.jdbc", "dev.repli.delta.binlog");
    context.refresh();
    rollback = context.getBean(InPlaceRollback.class);
    view = context.getBean(InPlaceView.class);
  }

  /** Kills Repli right before its n-th change, or never. */
  static final class Watch implements WorkWatch {
    /** What was told of, in its order. */
    final List<String> told = new ArrayList<>();

    private final int deadly;
    private int acts;

    Watch(int deadly) {
      this.deadly = deadly;
    }

    @Override
    public Cancellation cancellation() {
      return new Cancellation();
    }

    @Override
    public void progress(long done, long of, String unit) {
      assertThat(unit).isNotEmpty().hasSizeLessThanOrEqualTo(20);
      told.add((of == 0 ? "" : "of " + of + " ") + unit);
    }

    @Override
    public void mine() {
      acts++;
      if (acts == deadly) {
        throw new Killed("act " + acts);
      }
    }
  }

  public void perform(InPlaceStep step, WorkOrder order) {
    assertThat(rollback.perform(step, order, new Watch(0))).isInstanceOf(WorkResult.Done.class);
  }

  /**
   * Killed before its first change, begun again, killed before its second, and so on to its end.
   */
  void performKilledAtEachChange(InPlaceStep step, WorkOrder order) {
    killedAtEachChange(step.word(), watch -> rollback.perform(step, order, watch));
  }

  /** The same of going back to the newer release. */
  void undoKilledAtEachChange(WorkOrder order) {
    killedAtEachChange("the undo", watch -> rollback.undo(order, watch));
  }

  private static void killedAtEachChange(String what, Function<WorkWatch, WorkResult> act) {
    for (int deadly = 1; ; deadly++) {
      try {
        assertThat(act.apply(new Watch(deadly))).isInstanceOf(WorkResult.Done.class);
        return;
      } catch (Killed again) {
        assertThat(deadly).as("%s never ends", what).isLessThan(60);
      }
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
