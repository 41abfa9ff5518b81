package dev.repli.database.jdbc;

import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.Channel;
import dev.repli.database.survey.Contents;
import dev.repli.database.survey.Disks;
import dev.repli.database.survey.History;
import dev.repli.database.survey.Programs;
import dev.repli.database.survey.Server;
import dev.repli.database.survey.Tables;
import dev.repli.database.survey.Work;
import java.util.List;
import java.util.function.Function;

/**
 * How one technology is read, section by section.
 *
 * @param prepare statement that prepares a session: time zone UTC, a bound on each query
 */
public record SurveyWords(
    String prepare,
    Function<SqlLink, Server> server,
    Function<SqlLink, List<Channel>> channels,
    Function<SqlLink, History> history,
    Function<SqlLink, Work> work,
    Function<SqlLink, Tables> tables,
    Function<SqlLink, Programs> programs,
    Function<SqlLink, Accounts> accounts,
    Function<SqlLink, Contents> contents,
    Function<SqlLink, Disks> disks) {}
