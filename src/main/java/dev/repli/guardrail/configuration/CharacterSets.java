package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class CharacterSets implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.CONFIGURATION,
            "character-sets",
            "Character sets and collations of the server are the same")
        .protectsFrom(
            "clients that read and write other letters than before, tables that sort"
                + " otherwise")
        .reads(
            "character_set_server, collation_server, init_connect,"
                + " skip_character_set_client_handshake of both nodes")
        .mend("set them to the same in the option files, and with SET GLOBAL");
  }

  @Override
  public Verdict check(Situation situation) {
    return Settings.equal(
        situation,
        "character_set_server",
        "collation_server",
        "init_connect",
        "skip_character_set_client_handshake");
  }
}
