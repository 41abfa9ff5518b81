-- Idempotency keys of writing calls and what they were first used for; forgotten after a week.
create table repli_request_key (
  caller       varchar(255) not null,
  request_key  varchar(255) not null,
  request_hash char(64)     not null,
  seen_at      bigint       not null,
  primary key (caller, request_key)
);
create index repli_request_key_age on repli_request_key (seen_at);
