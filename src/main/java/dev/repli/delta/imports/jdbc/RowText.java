package dev.repli.delta.imports.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.repli.delta.Cell;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Rows and shapes of tables as JSON: a text is a text, bytes are {@code {"hex": "00ff"}}. */
final class RowText {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HEX = "hex";

  private RowText() {}

  static String of(Row row) {
    ArrayNode cells = JSON.createArrayNode();
    for (Cell cell : row.cells()) {
      if (cell instanceof Cell.Text text) {
        cells.add(text.value());
      } else if (cell instanceof Cell.Bytes bytes) {
        cells.addObject().put(HEX, HexFormat.of().formatHex(bytes.value()));
      } else {
        cells.addNull();
      }
    }
    return cells.toString();
  }

  static Row row(String json) {
    JsonNode cells = read(json, JsonNode.class);
    Cell[] row = new Cell[cells.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = cell(cells.get(i));
    }
    return Row.of(row);
  }

  private static Cell cell(@Nullable JsonNode cell) {
    if (cell == null || cell.isNull()) {
      return Cell.NULL;
    }
    return cell.isObject()
        ? new Cell.Bytes(HexFormat.of().parseHex(cell.path(HEX).asText()))
        : new Cell.Text(cell.asText());
  }

  static String of(DeltaTable shape) {
    try {
      return JSON.writeValueAsString(shape);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the shape of " + shape.fullName() + " is not JSON", e);
    }
  }

  static DeltaTable shape(String json) {
    return read(json, DeltaTable.class);
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Repli's own database has a row that is not JSON", e);
    }
  }
}
