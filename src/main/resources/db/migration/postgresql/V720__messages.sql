-- Messages to people: what is to be said, to whom, over which channel, and what became of it. A key
-- is used once, so the same news is said once however often it is found.
create table repli_message (
  id            bigint generated always as identity primary key,
  message_key   varchar(250) not null,
  plan_id       varchar(41)  not null,
  run_key       varchar(120) not null,
  channel       varchar(41)  not null,
  audience      varchar(20)  not null,
  moment        varchar(40)  not null,
  facts         text not null,
  own_words     text,
  state         varchar(10)  not null,
  made_at       bigint       not null,
  due_at        bigint       not null,
  tries         int          not null,
  claimed_by    varchar(120) not null,
  claimed_until bigint       not null,
  ended_at      bigint       not null,
  problem       varchar(500) not null,
  constraint repli_message_once unique (message_key)
);
create index repli_message_due on repli_message (state, due_at);
create index repli_message_channel on repli_message (plan_id, channel, state, ended_at);
create index repli_message_run on repli_message (run_key, id);

-- How far each run's journal was read for messages.
create table repli_message_cursor (
  run_key varchar(120) not null primary key,
  seq     bigint       not null
);
