package dev.repli.communication.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A row of {@code repli_message} as a message. */
final class MessageRow {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};
  private static final int LONGEST_PROBLEM = 500;

  private MessageRow() {}

  static Message of(ResultSet row, int number) throws SQLException {
    return new Message(
        row.getLong("id"),
        row.getString("message_key"),
        new PlanId(row.getString("plan_id")),
        row.getString("run_key"),
        row.getString("channel"),
        Audience.valueOf(row.getString("audience")),
        Moment.valueOf(row.getString("moment")),
        facts(row.getString("facts")),
        Optional.ofNullable(row.getString("own_words")).map(MessageRow::facts).orElse(Map.of()),
        State.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("made_at")),
        row.getInt("tries"),
        Optional.of(row.getLong("ended_at")).filter(at -> at > 0).map(Instant::ofEpochMilli),
        row.getString("problem"));
  }

  static String json(Map<String, String> facts) {
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("facts of a message cannot be written as JSON", e);
    }
  }

  private static Map<String, String> facts(String json) {
    try {
      return JSON.readValue(json, FACTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "facts of a message are damaged: " + e.getOriginalMessage(), e);
    }
  }

  static String cut(String problem) {
    return problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) : problem;
  }
}
