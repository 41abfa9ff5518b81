package dev.repli.lab;

import dev.repli.RepliApplication;
import dev.repli.command.Command;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code demo}: the main job on this machine. */
public final class DemoCommand implements Command {
  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return DemoOptions.USAGE.substring("usage: ".length()) + "   try Repli on this machine";
  }

  @Override
  public int run(List<String> arguments) {
    return Demo.run(arguments, DemoCommand::repli, System.out);
  }

  /** Repli as it is served, but ended by the demo and not by itself, so that the order is right. */
  private static ConfigurableApplicationContext repli(String[] arguments) {
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    return application.run(arguments);
  }
}
