package dev.repli.rollback;

import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.journal.Journal;
import dev.repli.route.Routes;
import java.util.List;

/** Looks at nodes in memory, for tests of other packages. */
public final class SampleLooks {
  private SampleLooks() {}

  public static StepJournal writingInto(Journal journal) {
    return new StepJournal(journal);
  }

  public static Looks at(FakeDatabase database) {
    return new Looks(new Databases(List.of(database)), new Routes(List.of()));
  }
}
