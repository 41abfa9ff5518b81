package dev.repli.comparison;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table on the writing node in ranges of its key, one ahead: while the other node reads a
 * range, this one reads the next. Its node must not be used while {@link #ahead} works; {@link
 * #rest} waits for that.
 */
final class ChunkReader {
  private static final int FIRST = 2_000;
  private static final int SMALLEST = 100;
  private static final int LARGEST = 50_000;

  private final ComparedNode node;
  private final ComparedTable table;
  private final Duration wanted;
  private final LongSupplier nanos;
  private final Executor executor;
  private final WholeNumberSteps steps;
  private int size = FIRST;
  private @Nullable CompletableFuture<Chunk> next;

  /**
   * @param wanted how long a node should read one range
   */
  ChunkReader(
      ComparedNode node,
      ComparedTable table,
      Duration wanted,
      LongSupplier nanos,
      Executor executor) {
    this.node = node;
    this.table = table;
    this.wanted = wanted;
    this.nanos = nanos;
    this.executor = executor;
    this.steps = new WholeNumberSteps(table);
  }

  /**
   * One range as the writing node had it.
   *
   * @param end where the next one begins; empty after the last
   */
  record Chunk(Part part, Optional<Key> end, Digest digest) {}

  /** The range that begins there: the one that was read ahead, if it was. */
  Chunk chunk(Optional<Key> start) {
    CompletableFuture<Chunk> read = next;
    next = null;
    try {
      return read == null ? read(start) : read.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Begins to read the range that begins there. */
  void ahead(Optional<Key> start) {
    next = CompletableFuture.supplyAsync(() -> read(start), executor);
  }

  /** Waits until the node is free; what was read ahead, or what went wrong with it, is kept. */
  void rest() {
    if (next != null) {
      next.handle((chunk, error) -> true).join();
    }
  }

  private Chunk read(Optional<Key> start) {
    long begin = nanos.getAsLong();
    Optional<Key> end = steps.end(start, size).or(() -> node.keyAfter(table, start, size));
    Part part = new Part.Range(start, end);
    Digest digest = node.digest(table, part);
    steps.saw(start, end, digest.rows());
    size = next(size, Duration.ofNanos(nanos.getAsLong() - begin));
    return new Chunk(part, end, digest);
  }

  private int next(int now, Duration took) {
    double factor = (double) wanted.toNanos() / Math.max(1, took.toNanos());
    double better = now * Math.max(0.25, Math.min(4, factor));
    return (int) Math.max(SMALLEST, Math.min(LARGEST, better));
  }
}
