package dev.repli.delta.file;

import dev.repli.database.Position;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.Place;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The header: lines of {@code key: value}, so that people can read it without a program. */
final class Text {
  private Text() {}

  static byte[] header(DeltaOrigin origin) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("id", origin.id());
    lines.put("plan", origin.plan());
    lines.put("node", origin.node());
    lines.put("server-id", Long.toString(origin.serverId()));
    lines.put("server-uuid", origin.serverUuid());
    lines.put("version", origin.version());
    lines.put("from-kind", origin.from().position().kind().name());
    lines.put("from", origin.from().position().value());
    lines.put("from-file", origin.from().file());
    lines.put("from-offset", Long.toString(origin.from().offset()));
    lines.put("schemas", String.join("/", new TreeSet<>(origin.schemas())));
    lines.put("complete", Boolean.toString(origin.complete()));
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (key, value) -> text.append(key).append(": ").append(oneLine(value)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String value) {
    return value.replace('\n', ' ');
  }

  static DeltaOrigin origin(byte[] header) {
    Map<String, String> lines = new LinkedHashMap<>();
    new String(header, StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              lines.put(line.substring(0, colon), line.substring(colon + 2));
            });
    try {
      Position from =
          new Position(Position.Kind.valueOf(line(lines, "from-kind")), line(lines, "from"));
      String schemas = line(lines, "schemas");
      return new DeltaOrigin(
          line(lines, "id"),
          line(lines, "plan"),
          line(lines, "node"),
          Long.parseLong(line(lines, "server-id")),
          line(lines, "server-uuid"),
          line(lines, "version"),
          new Place(from, line(lines, "from-file"), Long.parseLong(line(lines, "from-offset"))),
          schemas.isEmpty() ? Set.of() : Set.of(schemas.split("/", -1)),
          Boolean.parseBoolean(line(lines, "complete")));
    } catch (IllegalArgumentException e) {
      throw new DeltaFileException("the header of a delta has a value that is none", e);
    }
  }

  private static String line(Map<String, String> lines, String key) {
    return Objects.requireNonNull(lines.get(key), key);
  }
}
