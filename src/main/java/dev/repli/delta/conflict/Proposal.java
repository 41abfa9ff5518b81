package dev.repli.delta.conflict;

import java.util.Map;
import java.util.Optional;

/** What somebody wants of one conflict. */
public sealed interface Proposal {
  Answer answer();

  /** The source keeps what it has. */
  record TakeSource() implements Proposal {
    @Override
    public Answer answer() {
      return Answer.TAKE_SOURCE;
    }
  }

  /** The source gets what the target has. */
  record TakeTarget() implements Proposal {
    @Override
    public Answer answer() {
      return Answer.TAKE_TARGET;
    }
  }

  /** Nothing is changed; the changes stay in the list of dead letters. */
  record KeepAsDeadLetter() implements Proposal {
    @Override
    public Answer answer() {
      return Answer.DEAD_LETTER;
    }
  }

  /**
   * The source gets what a person wrote.
   *
   * @param base where columns that are not named come from
   * @param values by column; text as the server writes it, {@code 0x…} for bytes, empty for NULL
   */
  record Edit(Base base, Map<String, Optional<String>> values) implements Proposal {
    public Edit {
      values = Map.copyOf(values);
    }

    @Override
    public Answer answer() {
      return Answer.EDIT;
    }
  }

  /** Which row an edit begins with. */
  enum Base {
    SOURCE,
    TARGET
  }
}
