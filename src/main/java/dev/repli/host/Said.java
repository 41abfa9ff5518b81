package dev.repli.host;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a wrapped command says of errors, without the lines that are meant for Repli. */
public final class Said extends OutputStream {
  private static final int LONGEST_LINE = 8 << 10;

  private final Tail tail = new Tail();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final CompletableFuture<Long> group = new CompletableFuture<>();
  private boolean busy;

  @Override
  public synchronized void write(int value) {
    line.write(value);
    if (value == '\n' || line.size() >= LONGEST_LINE) {
      finish();
    }
  }

  @Override
  public synchronized void write(byte[] from, int offset, int count) {
    for (int index = offset; index < offset + count; index++) {
      write(from[index]);
    }
  }

  private void finish() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!group.isDone() && text.matches(Wrapping.GROUP + "[0-9]{1,10}\n")) {
      group.complete(Long.parseLong(text.substring(Wrapping.GROUP.length()).strip()));
    } else if (text.equals(Wrapping.BUSY + "\n")) {
      busy = true;
    } else if (text.startsWith(Wrapping.PIPE)) {
      tail.write(
          text.replace(Wrapping.PIPE, "exit status of each end of the pipe: ")
              .getBytes(StandardCharsets.UTF_8));
    } else {
      tail.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The number of its process group, waited for: a busy machine is slow to begin. */
  public OptionalLong group(Duration atMost) {
    Long known = group.completeOnTimeout(-1L, atMost.toMillis(), TimeUnit.MILLISECONDS).join();
    return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
  }

  public synchronized boolean busy() {
    return busy;
  }

  /** After its end. */
  public synchronized String text() {
    if (line.size() > 0) {
      finish();
    }
    return tail.text();
  }
}
