package dev.repli.engine;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this Repli is among several on the same engine database.
 *
 * @param nodeId 1 to 60 characters; stays the same over restarts and belongs to one process only,
 *     because at its start a node takes back the work that carries its id
 */
@ConfigurationProperties("repli")
public record NodeIdentity(@DefaultValue(DEFAULT_NODE_ID) String nodeId) {
  /** Good for a database that only one process can open. */
  static final String DEFAULT_NODE_ID = "repli";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");

  public NodeIdentity {
    if (!FORM.matcher(nodeId).matches()) {
      throw new IllegalArgumentException(
          "repli.node-id has 1 to 60 characters A-Z, a-z, 0-9 and . _ -, starting with a letter or"
              + " digit");
    }
  }

  boolean chosen() {
    return !DEFAULT_NODE_ID.equals(nodeId);
  }
}
