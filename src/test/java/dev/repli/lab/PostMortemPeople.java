package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What people do with a post-mortem in Tasklist, one after the other. */
record PostMortemPeople(Browser browser, String base, String password, Path pictures) {
  void operatorWrites(String incident) {
    try (TasklistPage operator = logIn("op1")) {
      operator.claim("Write the post-mortem " + incident);
      operator.wholeForm("after-06-write-post-mortem");
      operator.write("Impact", "Orders failed for about 2 minutes.");
      operator.write("Why 1", "The new server was configured for too few connections.");
      operator.write("What went well", "The alert came after seconds.");
      operator.write("What to improve", "The rehearsal had less load than the shop.");
      operator.write("Lessons", "Rehearse with the load of a Monday.");
      operator.write(
          "Actions", "com1 | " + tomorrow() + " | Write to the customers whose orders failed");
      operator.choose("Ready: somebody else reads and accepts it");
      operator.write("Note for who accepts it", "The numbers of the shop follow.");
      operator.wholeForm("after-07-write-post-mortem-answered");
      operator.complete();
    }
  }

  private static LocalDate tomorrow() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(1);
  }

  void approverSendsBack(String incident) {
    try (TasklistPage approver = logIn("pm1")) {
      approver.claim("Accept the post-mortem " + incident);
      assertThat(approver.value("Note of who wrote it"))
          .isEqualTo("The numbers of the shop follow.");
      approver.choose("Send it back");
      approver.write("What is missing", "Why were there too few connections?");
      approver.picture("after-08-send-back");
      approver.complete();
    }
  }

  void operatorWritesMore(String incident) {
    try (TasklistPage operator = logIn("op1")) {
      operator.claim("Write the post-mortem " + incident);
      assertThat(operator.value("Sent back, because this is missing"))
          .isEqualTo("Why were there too few connections?");
      assertThat(operator.value("Why 1")).startsWith("The new server");
      operator.write("Why 2", "Its configuration was not compared with the old server's.");
      operator.choose("Ready: somebody else reads and accepts it");
      operator.wholeForm("after-08-written-again");
      operator.complete();
    }
  }

  void approverAccepts(String incident) {
    try (TasklistPage approver = logIn("pm1")) {
      approver.claim("Accept the post-mortem " + incident);
      approver.picture("after-08-accept-post-mortem");
      approver.choose("Accept and publish");
      approver.complete();
    }
  }

  void communicationActs(String incident) {
    try (TasklistPage communication = logIn("com1")) {
      communication.claim("Action " + incident);
      communication.picture("after-09-action");
      communication.chooseExactly("Done");
      communication.write("What was done", "Mail sent to 214 customers.");
      communication.complete();
    }
  }

  private TasklistPage logIn(String user) {
    return TasklistPage.logIn(browser, base, user, password, pictures);
  }
}
