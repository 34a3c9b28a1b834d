-- Version 1. A statement ends with a semicolon at the end of a line.

-- How far the database has come: one row, written with everything else of a checkpoint in one transaction.
CREATE TABLE checkpoint (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    -- sequence number of the last frame of the log that is folded into this database
    frame INTEGER NOT NULL,
    -- name of this store among the nodes that fold; never changes
    folding_node TEXT NOT NULL,
    -- the share of complaints that arrive within an age, over all domains; NULL before the first complaint
    delay_curve BLOB,
    -- when it was written, seconds since 1970
    taken INTEGER NOT NULL
);

-- Batches that were accepted, so that none counts twice.
CREATE TABLE batch_id (
    -- minute of acceptance since 1970
    minute INTEGER NOT NULL,
    -- frame of the checkpoint that wrote the row
    frame INTEGER NOT NULL,
    -- 16 octets each: SHA-256 of provider, node and id
    digests BLOB NOT NULL,
    PRIMARY KEY (minute, frame)
) WITHOUT ROWID;

-- What was counted: a row for each domain or address block, a column for each kind of identity.
CREATE TABLE state (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    author BLOB,
    dkim BLOB,
    spf BLOB,
    address_block BLOB,
    -- hour since 1970 in which evidence was last folded
    folded INTEGER NOT NULL
);

CREATE INDEX state_folded ON state (folded);

-- What is published of it, and when it is looked at again. Apart from the counts, because all of it is read at a start.
CREATE TABLE subject (
    name TEXT NOT NULL PRIMARY KEY,
    -- minute since 1970 in which it must be scored again; 0 is at once
    due INTEGER NOT NULL,
    -- NULL while nothing is published
    published BLOB,
    listed INTEGER NOT NULL DEFAULT 0,
    white INTEGER NOT NULL DEFAULT 0,
    -- what the score must know of its own past, for each kind of identity
    memory BLOB
) WITHOUT ROWID;

CREATE INDEX subject_due ON subject (due);
CREATE INDEX subject_listed ON subject (name) WHERE listed = 1;
CREATE INDEX subject_white ON subject (name) WHERE white = 1;
