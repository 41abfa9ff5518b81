package dev.repli.writerswitch;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The name by which a Repli recognises its own predecessor on a node: the same for every process
 * that shares one database, different for any other Repli.
 */
record Installation(String id) {

  static Installation in(JdbcTemplate database) {
    return find(database)
        .orElseGet(
            () -> {
              try {
                database.update(
                    "insert into repli_installation (id, installation_id) values (1, ?)",
                    UUID.randomUUID().toString());
              } catch (DuplicateKeyException anotherProcessWasFaster) {
                return find(database).orElseThrow();
              }
              return find(database).orElseThrow();
            });
  }

  private static Optional<Installation> find(JdbcTemplate database) {
    List<String> ids =
        database.queryForList(
            "select installation_id from repli_installation where id = 1", String.class);
    return ids.stream().findFirst().map(Installation::new);
  }
}
