package dev.repli.delta;

/** Types of columns, as a server declares them. */
public enum ColumnKind {
  TINYINT,
  SMALLINT,
  MEDIUMINT,
  INT,
  BIGINT,
  DECIMAL,
  FLOAT,
  DOUBLE,
  BIT,
  YEAR,
  DATE,
  TIME,
  DATETIME,
  TIMESTAMP,
  CHAR,
  VARCHAR,
  TEXT,
  BINARY,
  VARBINARY,
  BLOB,
  ENUM,
  SET,
  JSON,
  GEOMETRY,
  UUID,
  INET4,
  INET6,
  /** Stored as bytes. */
  VECTOR
}
