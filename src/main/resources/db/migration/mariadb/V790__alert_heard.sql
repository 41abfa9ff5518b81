-- When an alert was heard of last: one that fires and is not repeated any more has lost its end.
alter table repli_alert add column heard_ms bigint default 0 not null;
update repli_alert set heard_ms = unix_timestamp() * 1000;
