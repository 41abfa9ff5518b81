-- The newest messages of a channel of one plan, for the status page.
create index repli_message_newest on repli_message (plan_id, channel, id);
