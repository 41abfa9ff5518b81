package dev.repli.writerswitch;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.journal.Evidence;
import dev.repli.plan.Plan;
import dev.repli.writerswitch.Carrier.Carriage;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Repli's own stream from a plan's target to its source, which runs while the target is the writer
 * where the servers themselves cannot replicate back. Which switches need that says {@link
 * SwitchRequest#streamed}.
 */
public interface StandingStream {
  /** For an application without streams. */
  StandingStream NONE =
      new StandingStream() {
        @Override
        public void start(Plan plan, Position from) {
          throw new IllegalStateException("nothing here streams changes back");
        }

        @Override
        public CatchUp waitFor(Plan plan, Position position, Duration atMost) {
          return new CatchUp.NotReached("nothing here streams changes back");
        }

        @Override
        public void end(Plan plan) {
          throw new IllegalStateException("nothing here streams changes back");
        }
      };

  /**
   * From now on the changes of the target go to the source, whichever Repli runs, until {@link
   * #end}. Started from the same position it goes on where it is.
   *
   * @param from of the target: the source has everything up to here
   * @throws IllegalStateException when it cannot begin as things are; the message says why
   */
  void start(Plan plan, Position from);

  /**
   * Waits until the source has everything of the target up to the position. Never reached while a
   * change is held back for people.
   */
  CatchUp waitFor(Plan plan, Position position, Duration atMost);

  /**
   * Nothing streams any more when it returns; takes up to 20 s when the Repli that streamed is
   * dead. Repeatable.
   *
   * @throws IllegalStateException when it does not end; the message says why
   */
  void end(Plan plan);

  /** Changes that it has read and not brought to the source, also after its end. */
  default LeftOut leftOut(Plan plan) {
    return LeftOut.NONE;
  }

  /**
   * Rows that a stream left out.
   *
   * @param abandoned since the plan says so
   * @param deadLettered since people said so
   */
  record LeftOut(long abandoned, long deadLettered) {
    static final LeftOut NONE = new LeftOut(0, 0);

    boolean isNothing() {
      return equals(NONE);
    }
  }

  /** The stream within one switch, which neither starts nor ends it. */
  default Carriage carry(SwitchRequest request, Consumer<Evidence> evidence) {
    return new Carriage() {
      @Override
      public CatchUp waitFor(Position position, Duration atMost) {
        return StandingStream.this.waitFor(request.plan(), position, atMost);
      }

      @Override
      public void close() {
        // people may want to go on with it when the switch is undone
      }
    };
  }
}
