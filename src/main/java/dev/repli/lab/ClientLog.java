package dev.repli.lab;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the traffic client itself knows of its writes: which were acknowledged and when, which ended
 * without an answer, and the errors it got. Nothing in here comes from Repli.
 */
final class ClientLog {
  private final Map<String, Integer> errors = new TreeMap<>();
  private long[] ids = new long[1024];
  private long[] times = new long[1024];
  private int size;
  private int unknown;
  private int refused;

  /** The server said that the write is done; {@code atNanos} of one monotonic clock. */
  synchronized void acknowledged(long id, long atNanos) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
      times = Arrays.copyOf(times, size * 2);
    }
    ids[size] = id;
    times[size] = atNanos;
    size++;
  }

  /** The server said no: nothing was written. */
  synchronized void refused(String error) {
    refused++;
    errors.merge(error, 1, Integer::sum);
  }

  /** The connection broke before an answer came: the write may or may not be there. */
  synchronized void unknown(String error) {
    unknown++;
    errors.merge(error, 1, Integer::sum);
  }

  /** No connection could be had; nothing was sent. */
  synchronized void notConnected(String error) {
    errors.merge(error, 1, Integer::sum);
  }

  synchronized int acknowledgedCount() {
    return size;
  }

  synchronized Counts counts() {
    return new Counts(size, refused, unknown, errors);
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(Arrays.copyOf(ids, size), Arrays.copyOf(times, size));
  }

  /** Acknowledged writes at one moment, in the order of the answers. */
  static final class Snapshot {
    private final long[] ids;
    private final long[] times;

    Snapshot(long[] ids, long[] times) {
      this.ids = ids;
      this.times = times;
    }

    int size() {
      return ids.length;
    }

    /** The acknowledgements from one number on, up to and without another. */
    Snapshot between(int from, int to) {
      return new Snapshot(Arrays.copyOfRange(ids, from, to), Arrays.copyOfRange(times, from, to));
    }

    long id(int index) {
      return ids[index];
    }

    /** When the answer came, in nanoseconds of one monotonic clock. */
    long time(int index) {
      return times[index];
    }
  }

  /**
   * Sums.
   *
   * @param refused answered with an error: certainly not written
   * @param unknown without an answer: perhaps written
   * @param errors error texts with how often each came
   */
  record Counts(int acknowledged, int refused, int unknown, Map<String, Integer> errors) {
    Counts {
      errors = Map.copyOf(errors);
    }

    /** Times that no connection could be had, or closing one failed. */
    int notConnected() {
      return errors.values().stream().mapToInt(Integer::intValue).sum() - refused - unknown;
    }
  }
}
