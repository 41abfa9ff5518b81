package dev.repli.plan.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** The path of keys at each event of a file, before there are nodes. */
final class EventPath {
  private final Deque<Level> levels = new ArrayDeque<>();

  /** One open block or list. */
  private static final class Level {
    final String path;
    final boolean mapping;
    boolean atKey = true;
    String key = "";
    int index;

    Level(String path, boolean mapping) {
      this.path = path;
      this.mapping = mapping;
    }

    String next() {
      if (!mapping) {
        return path + "[" + index + "]";
      }
      return atKey || key.isEmpty() ? path : path.isEmpty() ? key : path + "." + key;
    }

    void passed(Event event) {
      if (!mapping) {
        index++;
      } else if (atKey) {
        key = event instanceof ScalarEvent scalar ? Shown.plain(scalar.getValue()) : "";
      }
      atKey = !atKey;
    }
  }

  /** Path of what comes next. */
  String path() {
    Level level = levels.peek();
    return level == null ? "" : level.next();
  }

  int depth() {
    return levels.size();
  }

  void pass(Event event) {
    if (event instanceof CollectionStartEvent) {
      levels.push(new Level(path(), event instanceof MappingStartEvent));
      return;
    }
    if (event instanceof CollectionEndEvent) {
      levels.pop();
    } else if (!(event instanceof NodeEvent)) {
      return;
    }
    Level level = levels.peek();
    if (level != null) {
      level.passed(event);
    }
  }
}
