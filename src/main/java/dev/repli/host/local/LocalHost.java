package dev.repli.host.local;

import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostResult;
import dev.repli.host.HostResult.Ending;
import dev.repli.host.Said;
import dev.repli.host.Tail;
import dev.repli.host.Wrapping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Child processes, with a small environment: Repli's own may hold secrets. */
final class LocalHost implements Host {
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "USER", "LANG", "TZ");

  /** Seconds for the last output after the end; what holds it open longer is a daemon. */
  private static final int LAST_WORDS = 5;

  private final String label;

  LocalHost(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
    Process process = start(command);
    AtomicBoolean cancelled = new AtomicBoolean();
    Runnable end =
        () -> {
          cancelled.set(true);
          kill(process);
        };
    Tail output = new Tail();
    Said said = new Said();
    Pump out =
        Pump.start(process.getInputStream(), streams.sink().orElse(output), () -> kill(process));
    Pump errors = Pump.start(process.getErrorStream(), said, () -> {});
    Cancellation.Watch watch = cancellation.watch(end);
    try {
      Pump in = Pump.start(input(command, streams), process.getOutputStream(), () -> {});
      boolean inTime = process.waitFor(command.atMost().toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        kill(process);
      }
      int exit = process.waitFor();
      in.stop();
      boolean kept = streams.sink().isEmpty();
      out.finish(kept ? LAST_WORDS : command.atMost().toSeconds());
      errors.finish(LAST_WORDS);
      if (inTime && !cancelled.get()) {
        out.failure().ifPresent(e -> refuseLost(command, e));
      } // else ending it has closed its output
      return new HostResult(
          exit, output.text(), said.text(), Ending.of(said.busy(), cancelled.get(), !inTime));
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw problem(command, "Repli was interrupted", e);
    } finally {
      watch.over();
    }
  }

  private Process start(HostCommand command) {
    ProcessBuilder builder = new ProcessBuilder(Wrapping.words(command));
    builder.environment().keySet().retainAll(ENVIRONMENT);
    try {
      return builder.start();
    } catch (IOException e) {
      throw problem(command, "it cannot be started: " + e.getMessage(), e);
    }
  }

  private static InputStream input(HostCommand command, Streams streams) {
    return command
        .secret()
        .<InputStream>map(
            secret ->
                new SequenceInputStream(
                    new ByteArrayInputStream(
                        (secret.reveal() + "\n").getBytes(StandardCharsets.UTF_8)),
                    streams.input()))
        .orElse(streams.input());
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void refuseLost(HostCommand command, IOException cause) {
    throw problem(command, "its output could not be kept: " + cause.getMessage(), cause);
  }

  private HostException problem(HostCommand command, String why, Exception cause) {
    return new HostException(
        label, "run " + command.programs(), why, cause, HostException.Action.REPAIR_TARGET);
  }

  @Override
  public void close() {
    // nothing is held open between two commands
  }
}
