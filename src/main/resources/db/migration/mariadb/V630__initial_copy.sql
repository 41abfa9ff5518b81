-- How far the initial copy of a replication set-up is, and who works at it. Only the owner writes;
-- a Repli that finds the last beat too old takes the copy over.
CREATE TABLE repli_copy (
  run_key VARCHAR(120) NOT NULL PRIMARY KEY,
  method VARCHAR(10) NOT NULL,
  phase VARCHAR(10) NOT NULL,
  work_id VARCHAR(40) NOT NULL,
  load_begun BOOLEAN NOT NULL,
  parts_done INT NOT NULL,
  parts INT NOT NULL,
  bytes_done BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  start_kind VARCHAR(20) NOT NULL,
  start_position VARCHAR(1000) NOT NULL,
  failure VARCHAR(2000) NOT NULL,
  owner VARCHAR(40) NOT NULL,
  beat_at DATETIME(3) NOT NULL
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
