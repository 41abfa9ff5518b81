package dev.repli.inplace;

import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The steps of going back in place, and their undoing. */
@Component
public final class InPlaceRollback {
  private final InPlacePorts ports;
  private final Map<InPlaceStep, StepAction> actions =
      List.of(
              new InspectInPlace(),
              new RestoreInPlace(),
              new StopInPlace(),
              new SwapInPlace(),
              new SwitchVersion(),
              new StartInPlace(),
              new RecoverInPlace(),
              new DeltaInPlace(),
              new OpenInPlace())
          .stream()
          .collect(Collectors.toUnmodifiableMap(StepAction::step, Function.identity()));

  InPlaceRollback(InPlacePorts ports) {
    this.ports = ports;
  }

  /** One step; done already is done. */
  public WorkResult perform(InPlaceStep step, WorkOrder order, WorkWatch watch) {
    StepAction action = actions.get(step);
    if (action == null) {
      throw new IllegalArgumentException("no step is called " + step);
    }
    try (Scene scene = new Scene(ports, order, watch)) {
      action.perform(scene);
      scene.note(Notes.milestone("IN_PLACE_STEP_DONE", "Step %s is done".formatted(step.word())));
      return new WorkResult.Done();
    }
  }

  /**
   * Finds in the binary logs the end that people chose for the recovery (text {@code inPlaceEnd});
   * with what it gives up it goes into the run's journal.
   *
   * @throws RuntimeException when the recovery cannot end there; the message says what to do
   */
  public WorkResult chooseEnd(WorkOrder order, WorkWatch watch) {
    try (Scene scene = new Scene(ports, order, watch)) {
      new ChooseEnd(ports.log).perform(scene);
      return new WorkResult.Done();
    }
  }

  /** Every command and statement of all steps in their order, written down and not run. */
  public WorkResult rehearse(WorkOrder order, WorkWatch watch) {
    try (Scene scene = new Scene(ports, order, watch)) {
      for (InPlaceStep step : InPlaceStep.values()) {
        Optional.ofNullable(actions.get(step)).ifPresent(action -> action.rehearse(scene));
      }
      return new WorkResult.Done();
    }
  }

  /** Today's release serves again. Possible until the version was switched. */
  public WorkResult undo(WorkOrder order, WorkWatch watch) {
    try (Scene scene = new Scene(ports, order, watch)) {
      UndoInPlace.perform(scene);
      return new WorkResult.Done();
    }
  }
}
