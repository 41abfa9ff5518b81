-- The journal: evidence of every run, append-only, hash-chained. See docs/journal.md.

-- one row: how many runs were ever started, and the first hash of the newest of them
create table journal_root (
  id         int      not null primary key,
  started    bigint   not null,
  first_hash char(64) not null
) engine = InnoDB character set ascii collate ascii_bin;
insert into journal_root (id, started, first_hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- one row per run: its end of the chain; locked by whoever appends
create table journal_head (
  run_key    varchar(120) not null primary key,
  started_no bigint   not null unique,
  first_hash char(64) not null,
  last_seq   bigint   not null,
  last_hash  char(64) not null
) engine = InnoDB character set ascii collate ascii_bin;

-- content up to 4000 characters stands in content, longer in long_content
create table journal_entry (
  run_key       varchar(120) not null,
  seq           bigint   not null,
  noted_at      varchar(30) not null,
  milestone     varchar(100),
  content       varchar(4000),
  long_content  longtext,
  previous_hash char(64) not null,
  hash          char(64) not null,
  primary key (run_key, seq)
) engine = InnoDB character set ascii collate ascii_bin;
create index journal_entry_milestone on journal_entry (run_key, milestone, seq);

-- append-only: nobody changes or removes an entry by mistake, and a head only moves forward
create trigger journal_entry_no_update before update on journal_entry for each row
  signal sqlstate '45000' set message_text = 'the journal is append-only';
create trigger journal_entry_no_delete before delete on journal_entry for each row
  signal sqlstate '45000' set message_text = 'the journal is append-only';
create trigger journal_head_no_delete before delete on journal_head for each row
  signal sqlstate '45000' set message_text = 'the journal is append-only';
delimiter //
create trigger journal_head_forward before update on journal_head for each row
begin
  if new.last_seq <= old.last_seq then
    signal sqlstate '45000' set message_text = 'the journal is append-only';
  end if;
end//
delimiter ;
