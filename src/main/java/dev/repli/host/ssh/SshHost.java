package dev.repli.host.ssh;

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
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/**
 * One SSH session; each command has a channel of its own. SSH knows only one line of text, which
 * the login shell reads: each word is in single quotes, in which a POSIX shell interprets nothing.
 */
final class SshHost implements Host {
  private static final Duration OPEN = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);
  private final String label;
  private final ClientSession session;

  SshHost(String label, ClientSession session) {
    this.label = label;
    this.session = session;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
    Tail output = new Tail();
    Said said = new Said();
    AtomicBoolean cancelled = new AtomicBoolean();
    boolean inTime = true;
    try (ChannelExec channel = session.createExecChannel(line(Wrapping.words(command)))) {
      channel.setIn(input(command, streams));
      channel.setOut(streams.sink().orElse(output));
      channel.setErr(said);
      channel.open().verify(OPEN);
      Runnable end =
          () -> {
            cancelled.set(true);
            kill(said);
          };
      Cancellation.Watch watch = cancellation.watch(end);
      try {
        inTime = ended(channel, command.atMost());
        if (!inTime) {
          kill(said);
          ended(channel, LAST_WORDS);
        }
      } finally {
        watch.over();
      }
      Ending ending = Ending.of(said.busy(), cancelled.get(), !inTime);
      return result(command, channel, output, said, ending);
    } catch (IOException e) {
      throw problem(command, String.valueOf(e.getMessage()), e);
    }
  }

  private HostResult result(
      HostCommand command, ChannelExec channel, Tail output, Said said, Ending ending) {
    Integer exit = channel.getExitStatus();
    if (exit == null && ending == Ending.EXITED && channel.getExitSignal() == null) {
      throw new HostException(
          label,
          "run " + command.programs(),
          "the connection was lost; whether it still runs is unknown",
          HostException.Action.WAIT_AND_RETRY);
    }
    int status = exit == null ? 255 : exit;
    return new HostResult(status, output.text(), said.text(), ending);
  }

  private static boolean ended(ChannelExec channel, Duration atMost) {
    Set<ClientChannelEvent> seen =
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), atMost.toMillis());
    return seen.contains(ClientChannelEvent.CLOSED);
  }

  /** Closing a channel leaves its programs running: they are killed by a command of their own. */
  private void kill(Said said) {
    said.group(OPEN)
        .ifPresent(
            group -> {
              try (ChannelExec channel = session.createExecChannel(line(Wrapping.kill(group)))) {
                channel.open().verify(OPEN);
                ended(channel, OPEN);
              } catch (IOException e) {
                // the connection is lost, which the command itself reports
              }
            });
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

  static String line(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  private HostException problem(HostCommand command, String why, Exception cause) {
    return new HostException(
        label, "run " + command.programs(), why, cause, HostException.Action.WAIT_AND_RETRY);
  }

  @Override
  public void close() {
    session.close(false);
  }
}
