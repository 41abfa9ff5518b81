package dev.repli.host;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One machine. Linux with GNU coreutils, util-linux and bash. Used by one thread at a time, except
 * for cancelling.
 */
public interface Host extends AutoCloseable {
  /** For people: {@code this machine}, or {@code host db2.example}. */
  String label();

  /**
   * Runs a command and waits for its end. An exit status is a value, never an exception.
   *
   * @param streams what it reads and where its output goes; errors are always kept
   * @param cancellation ends it with everything that it started
   * @throws HostException when the host cannot be reached, the program may not or cannot be
   *     started, or the connection is lost: then whether it runs is unknown
   */
  HostResult run(HostCommand command, Streams streams, Cancellation cancellation);

  /** Runs a command that reads nothing; its output is kept. */
  default HostResult run(HostCommand command) {
    return run(command, Streams.KEPT, new Cancellation());
  }

  @Override
  void close();

  /**
   * Standard input and output.
   *
   * @param input sent to its end and closed by the caller
   * @param sink gets all output as it comes; without one the end of it is kept
   */
  record Streams(InputStream input, Optional<OutputStream> sink) {
    /** Reads nothing, output kept. */
    public static final Streams KEPT = new Streams(nothing(), Optional.empty());

    /** Unlike the JDK's null stream it can be read again after it was closed. */
    private static InputStream nothing() {
      return new ByteArrayInputStream(new byte[0]);
    }

    public static Streams from(InputStream input) {
      return new Streams(input, Optional.empty());
    }

    public static Streams to(OutputStream sink) {
      return new Streams(nothing(), Optional.of(sink));
    }
  }
}
