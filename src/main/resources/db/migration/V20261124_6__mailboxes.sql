-- Mailboxes: who reads one now, how far it is, and how it goes.

CREATE TABLE mailbox (
    name             text        NOT NULL PRIMARY KEY,
    place            text        NOT NULL,
    lease_owner      uuid,
    lease_until      timestamptz,
    validity         bigint      NOT NULL DEFAULT 0,
    done             text        NOT NULL DEFAULT '',
    last_poll        timestamptz,
    last_success     timestamptz,
    backlog          bigint      NOT NULL DEFAULT 0,
    mails_per_second double precision NOT NULL DEFAULT 0,
    last_error       text        NOT NULL DEFAULT ''
);
COMMENT ON COLUMN mailbox.place IS 'protocol, user, server and folder: with another one, what is done says nothing';
COMMENT ON COLUMN mailbox.lease_until IS 'on the clock of this database: until then nobody else reads it';
COMMENT ON COLUMN mailbox.validity IS 'UIDVALIDITY of what is done (IMAP)';
COMMENT ON COLUMN mailbox.done IS 'UIDs that are done, such as 1:500,503 (IMAP)';

CREATE TABLE mailbox_mail (
    mailbox text    NOT NULL,
    key     text    NOT NULL,
    done    boolean NOT NULL,
    tries   integer NOT NULL,
    PRIMARY KEY (mailbox, key)
);
COMMENT ON TABLE mailbox_mail IS 'mails that were tried and failed, and those of POP3 that are done and still there';
COMMENT ON COLUMN mailbox_mail.key IS 'the UID under this UIDVALIDITY (IMAP), or what UIDL says (POP3)';
