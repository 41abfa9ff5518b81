package dev.repli.delta.binlog;

import dev.repli.database.Position;
import dev.repli.delta.UnreadableDeltaException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The last transaction of each domain, {@code 0-1-42,1-1-7}. */
final class MariaDbHistory implements History {
  private static final int PREPARED_OR_COMPLETED_XA = 64 | 128;

  private record Gtid(long domain, long server, long number) {
    static Gtid of(String text) {
      String[] parts = text.strip().split("-", -1);
      if (parts.length != 3) {
        throw new UnreadableDeltaException("\"" + text + "\" is not a GTID of MariaDB: 0-1-42");
      }
      try {
        return new Gtid(
            Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseUnsignedLong(parts[2]));
      } catch (NumberFormatException e) {
        throw new UnreadableDeltaException("\"" + text + "\" is not a GTID of MariaDB: 0-1-42", e);
      }
    }

    @Override
    public String toString() {
      return domain + "-" + server + "-" + Long.toUnsignedString(number);
    }
  }

  private final Map<Long, Gtid> last;
  private Gtid current = new Gtid(0, 0, 0);

  MariaDbHistory(String position) {
    this.last = parse(position);
  }

  private static Map<Long, Gtid> parse(String position) {
    Map<Long, Gtid> gtids = new TreeMap<>();
    for (String text : position.strip().split(",", -1)) {
      if (!text.isBlank()) {
        Gtid gtid = Gtid.of(text);
        gtids.put(gtid.domain, gtid);
      }
    }
    return gtids;
  }

  @Override
  public String begin(RawEvent event) {
    EventBytes in = event.bytes();
    long number = in.little(8);
    long domain = in.little(4);
    current = new Gtid(domain, event.serverId, number);
    if ((in.u8() & PREPARED_OR_COMPLETED_XA) != 0) {
      throw XaTransactions.refused(current.toString());
    }
    return current.toString();
  }

  @Override
  public void commit() {
    last.put(current.domain, current);
  }

  @Override
  public Position position(String file, long offset) {
    return new Position(
        Position.Kind.MARIADB_GTID,
        last.size() == 1
            ? last.values().iterator().next().toString()
            : last.values().stream().map(Gtid::toString).collect(Collectors.joining(",")));
  }

  @Override
  public boolean covers(Position position, String file, long offset) {
    return parse(position.value()).values().stream()
        .allMatch(
            gtid -> {
              Gtid here = last.get(gtid.domain);
              return here != null && Long.compareUnsigned(here.number, gtid.number) >= 0;
            });
  }
}
