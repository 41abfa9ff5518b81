package dev.repli.communication.jdbc;

import dev.repli.communication.DraftBox;
import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_message} that wait for people. Only from there do they go on. */
@Component
class JdbcDraftBox implements DraftBox {
  private final JdbcClient jdbc;

  JdbcDraftBox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Message> waiting() {
    return jdbc.sql("select * from repli_message where state = 'DRAFT' order by id")
        .query(MessageRow::of)
        .list();
  }

  /** Its time is that of the approval: who waits for it counts from there. */
  @Override
  public void send(List<Message> messages, Map<String, String> ownWords, Instant at) {
    for (Message message : messages) {
      boolean page = message.channel().equals(Message.STATUS_PAGE);
      jdbc.sql(
              "update repli_message set state = ?, own_words = ?, made_at = ?, due_at = ?,"
                  + " ended_at = ? where id = ? and state = 'DRAFT'")
          .param((page ? State.SENT : State.DUE).name())
          .param(ownWords.isEmpty() ? null : MessageRow.json(ownWords))
          .params(at.toEpochMilli(), at.toEpochMilli(), page ? at.toEpochMilli() : 0, message.id())
          .update();
    }
  }

  @Override
  public void refuse(List<Message> messages, Instant at, String why) {
    for (Message message : messages) {
      jdbc.sql(
              "update repli_message set state = ?, ended_at = ?, problem = ? where id = ? and"
                  + " state = 'DRAFT'")
          .params(State.REFUSED.name(), at.toEpochMilli(), MessageRow.cut(why), message.id())
          .update();
    }
  }
}
