package dev.repli.journal.jdbc;

import dev.repli.journal.JournalEntry;

/** Told of each entry after it is committed, on the thread that appended it: must be quick. */
interface JournalListener {
  void committed(JournalEntry entry);
}
