package dev.repli.communication.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.repli.communication.Delivery.Result;
import dev.repli.communication.Delivery.Text;
import dev.repli.plan.Account;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.CommunicationRules.MailServer;
import dev.repli.plan.CommunicationRules.MailServer.Security;
import dev.repli.plan.SecretRef;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real SMTP server in this process. */
class MailDeliveryTest {
  private static final String PASSWORD = "Try-this-0ut";
  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  private int port;

  @BeforeEach
  void start() {
    server.start();
    port = server.getSmtp().getPort();
    server.setUser("repli@shop.example", "repli", PASSWORD);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Result send(Security security, String password, Text text) {
    CommunicationRules rules =
        new CommunicationRules(
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new MailServer(
                    "127.0.0.1",
                    port,
                    security,
                    Optional.of(new Account("repli", new SecretRef("env:P"))),
                    "repli@shop.example")),
            List.of(),
            Optional.empty());
    return new MailDelivery(reference -> password).send(rules, channel(), text);
  }

  private static Channel channel() {
    return new Channel(
        "heads",
        CommunicationRules.Type.MAIL,
        Audience.MANAGEMENT,
        Optional.empty(),
        Optional.empty(),
        List.of("ann@shop.example", "bob@shop.example"),
        Optional.empty(),
        Optional.of(java.util.Locale.FRENCH));
  }

  private static Text text(String subject, String body) {
    return new Text(
        "run/7/heads", "run", "Shop", "management", "rollback-done", "", true, subject, body);
  }

  @Test
  void deliversToEveryAddressAndOnceForWhoKnowsMessageIds() throws Exception {
    send(Security.NONE, PASSWORD, text("Bascule réussie", "Tout va bien, déjà."));
    Result second = send(Security.NONE, PASSWORD, text("Bascule réussie", "Tout va bien, déjà."));

    assertThat(second).isEqualTo(new Result.Delivered());
    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(4);
    assertThat(mails[0].getSubject()).isEqualTo("Bascule réussie");
    assertThat(mails[0].getContent().toString()).contains("Tout va bien, déjà.");
    assertThat(mails[0].getAllRecipients()).hasSize(2);
    assertThat(mails).extracting(MimeMessage::getMessageID).containsOnly(mails[0].getMessageID());
  }

  @Test
  void letsNoSubjectAddAHeaderOrARecipient() throws Exception {
    send(
        Security.NONE,
        PASSWORD,
        text(
            "x\r\nBcc: all@shop.example\r\n\r\n<b>body</b>",
            "<script>${7*7}</script>\r\n.\r\nQUIT"));

    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(server.getReceivedMessages()).hasSize(2);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).isEqualTo("x Bcc: all@shop.example <b>body</b>");
    assertThat(mail.getContentType()).startsWith("text/plain");
    assertThat(mail.getContent().toString()).contains("<script>${7*7}</script>\r\n.\r\nQUIT");
  }

  @Test
  void doesNotSendThePasswordInTheClearWhenTheServerCannotEncrypt() {
    Result result = send(Security.STARTTLS, PASSWORD, text("x", "y"));

    assertThat(result)
        .isInstanceOfSatisfying(
            Result.TryLater.class, later -> assertThat(later.why()).doesNotContain(PASSWORD));
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private Result send(PickyMailServer picky) {
    CommunicationRules rules =
        new CommunicationRules(
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new MailServer(
                    "127.0.0.1",
                    picky.port(),
                    Security.NONE,
                    Optional.empty(),
                    "repli@shop.example")),
            List.of(),
            Optional.empty());
    return new MailDelivery(reference -> "").send(rules, channel(), text("x", "y"));
  }

  @Test
  void deliversToTheOthersWhenOneAddressIsRefusedAndNamesIt() throws Exception {
    try (PickyMailServer picky = new PickyMailServer(Map.of("bob@shop.example", 550))) {
      assertThat(send(picky))
          .isEqualTo(
              new Result.Delivered(
                  "not to everybody: the mail server refuses bob@shop.example (550)"));
      assertThat(picky.taken).containsExactly(List.of("ann@shop.example"));
    }
  }

  @Test
  void sendsNotAgainToThoseWhoHaveItWhenAnAddressIsRefusedForNow() throws Exception {
    try (PickyMailServer picky = new PickyMailServer(Map.of("bob@shop.example", 450))) {
      assertThat(send(picky)).isInstanceOf(Result.Delivered.class);
      assertThat(picky.taken).containsExactly(List.of("ann@shop.example"));
    }
  }

  @Test
  void triesLaterWhenEveryAddressIsRefusedForNow() throws Exception {
    try (PickyMailServer picky =
        new PickyMailServer(Map.of("ann@shop.example", 450, "bob@shop.example", 451))) {
      assertThat(send(picky)).isInstanceOf(Result.TryLater.class);
      assertThat(picky.taken).isEmpty();
    }
  }

  @Test
  void givesUpWhenEveryAddressIsRefused() throws Exception {
    try (PickyMailServer picky =
        new PickyMailServer(Map.of("ann@shop.example", 550, "bob@shop.example", 553))) {
      assertThat(send(picky)).isInstanceOf(Result.Refused.class);
      assertThat(picky.taken).isEmpty();
    }
  }

  @Test
  void saysThatTheLogInIsRefusedAndNothingMore() {
    assertThat(send(Security.NONE, "wrong-secret", text("x", "y")))
        .isEqualTo(new Result.TryLater("the mail server refuses the log-in", Optional.empty()));
  }

  @Test
  void triesLaterWhenTheServerIsDown() {
    server.stop();

    assertThat(send(Security.NONE, PASSWORD, text("x", "y"))).isInstanceOf(Result.TryLater.class);
  }
}
