package dev.repli.communication.channel;

import dev.repli.communication.Delivery;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.CommunicationRules.MailServer;
import dev.repli.plan.CommunicationRules.MailServer.Security;
import dev.repli.plan.Secrets;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Mail in plain text. A second try has the same Message-ID, by which mail programs see it once. */
final class MailDelivery implements Delivery {
  private static final String CONNECT_MS = "4000";
  private static final String ANSWER_MS = "8000";
  private static final int PERMANENT = 500;

  /** A mail may be longer; nobody reads on. */
  private static final int LONGEST = 100_000;

  private final Secrets secrets;

  MailDelivery(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public boolean speaks(CommunicationRules.Type type) {
    return type == CommunicationRules.Type.MAIL;
  }

  @Override
  public int longest(CommunicationRules.Type type) {
    return LONGEST;
  }

  @Override
  public Result send(CommunicationRules rules, Channel channel, Text text) {
    Optional<MailServer> server = rules.mail();
    if (server.isEmpty()) {
      return new Result.Refused("the plan names no mail server");
    }
    try {
      Session session = Session.getInstance(settings(server.get()));
      MimeMessage mail = mail(session, server.get(), channel, text);
      try (Transport transport = session.getTransport()) {
        connect(transport, server.get());
        transport.sendMessage(mail, mail.getAllRecipients());
      }
      return new Result.Delivered();
    } catch (AuthenticationFailedException e) {
      return later("the mail server refuses the log-in");
    } catch (SendFailedException e) {
      return refusal(e);
    } catch (MessagingException e) {
      // the server's words may repeat anything, so they are not passed on
      return later("the mail server " + server.get().host() + " cannot be used now");
    }
  }

  private void connect(Transport transport, MailServer server) throws MessagingException {
    if (server.account().isPresent()) {
      transport.connect(
          server.account().get().user(), secrets.resolve(server.account().get().password()));
    } else {
      transport.connect();
    }
  }

  private static Properties settings(MailServer server) {
    Properties settings = new Properties();
    settings.put("mail.transport.protocol", "smtp");
    settings.put("mail.smtp.host", server.host());
    settings.put("mail.smtp.port", Integer.toString(server.port()));
    settings.put("mail.smtp.auth", Boolean.toString(server.account().isPresent()));
    // one address that is refused does not keep the message from the others
    settings.put("mail.smtp.sendpartial", "true");
    settings.put("mail.smtp.connectiontimeout", CONNECT_MS);
    settings.put("mail.smtp.timeout", ANSWER_MS);
    settings.put("mail.smtp.writetimeout", ANSWER_MS);
    settings.put("mail.smtp.ssl.enable", is(server, Security.TLS));
    settings.put("mail.smtp.starttls.enable", is(server, Security.STARTTLS));
    settings.put("mail.smtp.starttls.required", is(server, Security.STARTTLS));
    settings.put("mail.smtp.ssl.checkserveridentity", "true");
    return settings;
  }

  private static String is(MailServer server, Security security) {
    return Boolean.toString(server.security() == security);
  }

  private static MimeMessage mail(Session session, MailServer server, Channel channel, Text text)
      throws MessagingException {
    String host = server.from().substring(server.from().indexOf('@') + 1);
    String id = "<" + Keys.hash(text.key()) + "@" + host + ">";
    MimeMessage mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    mail.setFrom(new InternetAddress(server.from(), true));
    for (String to : channel.to()) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(to, true));
    }
    mail.setSubject(oneLine(text.subject()), StandardCharsets.UTF_8.name());
    mail.setText(text.body(), StandardCharsets.UTF_8.name());
    // no "out of office" comes back
    mail.setHeader("Auto-Submitted", "auto-generated");
    return mail;
  }

  /** A line break would begin another header. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /**
   * Once it reached somebody it is not sent again: the others would get the same incident for a
   * day. Who was refused is named.
   */
  private static Result refusal(SendFailedException failed) {
    int code = 0;
    boolean worthAnotherTry = false;
    List<String> refused = new ArrayList<>();
    for (Exception cause = failed; cause != null; cause = next(cause)) {
      if (cause instanceof SMTPAddressFailedException address) {
        code = address.getReturnCode();
        worthAnotherTry |= code < PERMANENT;
        refused.add(address.getAddress() + " (" + code + ")");
      } else if (cause instanceof SMTPSendFailedException send && refused.isEmpty()) {
        code = send.getReturnCode();
      }
    }
    @Nullable Address[] reached = failed.getValidSentAddresses();
    if (reached != null && reached.length > 0) {
      return new Result.Delivered(
          "not to everybody: the mail server refuses " + String.join(", ", refused));
    }
    String why =
        refused.isEmpty()
            ? "the mail server answers " + code
            : "the mail server refuses " + String.join(", ", refused);
    return code >= PERMANENT && !worthAnotherTry ? new Result.Refused(why) : later(why);
  }

  private static @Nullable Exception next(Exception failed) {
    return failed instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  private static Result later(String why) {
    return new Result.TryLater(why, Optional.empty());
  }
}
