package dev.repli.wayback;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.stream.EndStream;
import dev.repli.delta.stream.OrderStream;
import dev.repli.delta.stream.OrderStream.Start;
import dev.repli.delta.stream.StreamBarrier;
import dev.repli.delta.stream.StreamBarrier.Reach;
import dev.repli.delta.stream.StreamStore;
import dev.repli.plan.Plan;
import dev.repli.writerswitch.StandingStream;
import java.time.Duration;

/** A switch starts it, waits for it and ends it, whichever Repli runs it. */
final class SwitchedStream implements StandingStream {
  private static final String WHO = "the writer switch";
  private final StreamStore streams;
  private final HeldGroups held;
  private final OrderStream order;
  private final StreamBarrier barrier;
  private final EndStream end;

  SwitchedStream(
      StreamStore streams,
      HeldGroups held,
      OrderStream order,
      StreamBarrier barrier,
      EndStream end) {
    this.streams = streams;
    this.held = held;
    this.order = order;
    this.barrier = barrier;
    this.end = end;
  }

  @Override
  public void start(Plan plan, Position from) {
    // one before, of another cutover, may not write into the same rows
    if (order.isAnother(plan, from)) {
      end(plan, "another cutover begins a new one");
    }
    if (order.startAnew(plan, from, WHO) instanceof Start.Refused refused) {
      throw new IllegalStateException(
          "the reverse stream cannot start: " + String.join("; ", refused.why()));
    }
  }

  @Override
  public CatchUp waitFor(Plan plan, Position position, Duration atMost) {
    Reach reach = barrier.await(plan.id(), position, atMost);
    return reach instanceof Reach.Reached reached
        ? new CatchUp.Reached(reached.took())
        : new CatchUp.NotReached("reverse stream: " + ((Reach.NotReached) reach).why());
  }

  @Override
  public void end(Plan plan) {
    end(plan, "the writer has moved to the source");
  }

  @Override
  public LeftOut leftOut(Plan plan) {
    return streams
        .find(plan.id())
        .map(
            stream ->
                new LeftOut(
                    stream.report().counts().abandoned(),
                    held.counts(stream.order().id()).deadLettered()))
        .orElseGet(() -> new LeftOut(0, 0));
  }

  private void end(Plan plan, String reason) {
    end.end(plan.id(), WHO, reason)
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
  }
}
