package dev.repli.postmortem;

import java.util.Optional;

/** What people are called who log in. */
public interface UserNames {
  /** For example {@code Ada Lovelace}; empty for who has no name or is no user. */
  Optional<String> of(String user);
}
