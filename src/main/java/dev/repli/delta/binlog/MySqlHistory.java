package dev.repli.delta.binlog;

import com.github.shyiko.mysql.binlog.GtidSet;
import dev.repli.database.Position;
import dev.repli.delta.UnreadableDeltaException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** All transactions by the server that ran them first, {@code uuid:1-42,uuid:7}. */
final class MySqlHistory implements History {
  private static final Pattern SET =
      Pattern.compile("([0-9a-f-]{36}(:\\d+(-\\d+)?)+(,\\s*[0-9a-f-]{36}(:\\d+(-\\d+)?)+)*)?");

  private final GtidSet done;
  private String current = "";

  MySqlHistory(String position) {
    this.done = parse(position);
  }

  private static GtidSet parse(String position) {
    String set = position.strip().toLowerCase(Locale.ROOT);
    if (!SET.matcher(set).matches()) {
      throw new UnreadableDeltaException(
          "\"" + position + "\" is not a set of GTIDs that can be read (uuid:1-42; tags are not)");
    }
    return new GtidSet(set.replaceAll("\\s", ""));
  }

  @Override
  public String begin(RawEvent event) {
    if (event.type == EventCode.ANONYMOUS_GTID) {
      throw new UnreadableDeltaException(
          "a transaction without a GTID follows "
              + done
              + ": set gtid_mode = ON, or begin at a file and offset");
    }
    EventBytes in = event.bytes();
    in.skip(1);
    UUID server = new UUID(in.big(8), in.big(8));
    current = server + ":" + in.little(8);
    return current;
  }

  @Override
  public void commit() {
    done.add(current);
  }

  @Override
  public Position position(String file, long offset) {
    return new Position(Position.Kind.MYSQL_GTID_SET, done.toString());
  }

  @Override
  public boolean covers(Position position, String file, long offset) {
    return parse(position.value()).isContainedWithin(done);
  }
}
