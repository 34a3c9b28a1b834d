-- Complaints of readers, one row for each. No address, no subject, no body.

CREATE TABLE complaint (
    -- ours, sorts by time
    id TEXT PRIMARY KEY,
    -- names the delivery complained about, as its receipt does
    delivery TEXT NOT NULL,
    -- what it counts as: complaints, unsubscribes, not-spam
    observation TEXT NOT NULL,
    -- what the reader said: spam, phishing, virus, not-spam, unsubscribe
    kind TEXT NOT NULL,
    -- keyed hash of the reader
    reporter INTEGER NOT NULL,
    -- the responsible identity; empty where nothing authenticated and no block is known
    responsible TEXT NOT NULL,
    -- all identities, the responsible one first, with line feeds between
    identities TEXT NOT NULL,
    -- http, imap, mail
    channel TEXT NOT NULL,
    -- when it came in: milliseconds since 1970, and the day since 1970
    received_ms INTEGER NOT NULL,
    received_day INTEGER NOT NULL,
    -- when the mail had arrived: seconds since 1970
    arrived_s INTEGER NOT NULL,
    -- what the sender knows its mail by; empty where the mail has none
    message_id TEXT NOT NULL,
    cfbl_address TEXT NOT NULL,
    cfbl_feedback_id TEXT NOT NULL,
    feedback_id TEXT NOT NULL,
    list_id TEXT NOT NULL,
    -- whether it is evidence: the reader's first of this observation about this identity on this day
    counts INTEGER NOT NULL,
    -- whether the evidence was handed on
    handed_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The same said twice of one delivery is a repetition.
CREATE UNIQUE INDEX complaint_once ON complaint (delivery, observation);

CREATE INDEX complaint_by_reader ON complaint (reporter, responsible, received_day, observation);

CREATE INDEX complaint_waiting ON complaint (id) WHERE counts = 1 AND handed_on = 0;

CREATE INDEX complaint_by_time ON complaint (received_ms);
