package dev.repli.delta.imports;

import java.util.List;
import java.util.Map;

/** Changes that were not applied, kept until people have decided. Repeatable. */
public interface HeldChanges {
  /**
   * Keeps them; those that are kept already stay as they are.
   *
   * @param lastLook right before they are kept for good, and {@link #forgetAfter} waits; none of
   *     them is kept when it throws
   * @throws HeldBusyException when others have what is held for longer than a moment; none of them
   *     is kept
   */
  void hold(ImportId id, List<HeldChange> changes, Runnable lastLook);

  /** Makes one group of two: they turned out to be about one row. */
  void join(ImportId id, long group, long into);

  /** Forgets the changes after this number, which were held for a transaction that was lost. */
  void forgetAfter(ImportId id, long number);

  /** The hash of every row of which a change is held, with its group. */
  Map<String, Long> rows(ImportId id);

  /** All that were held, decided or not. */
  long count(ImportId id);

  /** The first numbers of all that were held, at most so many. */
  List<Long> numbers(ImportId id, int most);

  /** The changes of one group, in their order, at most so many; empty when there is none. */
  List<HeldChange> changes(ImportId id, long group, int most);
}
