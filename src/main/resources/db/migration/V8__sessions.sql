-- Given in blocks, so that a session does not cost a question of its own.
create sequence stream_session_id start with 1 increment by 64;

-- A session as it stood when its row was written last. Where a writer has it, there may be more in the log of that writer:
-- entries of the session's epoch behind the last step of its history. Without a writer, or with one that is gone, the row is
-- all there is. The row is changed only by who holds the row of its writer locked, or where there is none by its epoch.
--
-- The key to model_version keeps a version that a session walks from being deleted.
create table stream_session (
    id bigint not null primary key,
    name varchar(100) not null unique,
    model varchar(63) not null,
    version integer not null,
    reference varchar(200) not null,
    settings varchar(1000000) not null,
    ttl_millis bigint not null,
    epoch integer not null,
    writer varchar(36),
    history bytea not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    foreign key (model, version) references model_version (model, version)
);

create index stream_session_of_version on stream_session (model, version);
create index stream_session_by_expiry on stream_session (expires_at);

-- A process that writes sessions. Whoever takes a session from it raises its fence, and then it writes nothing before it has
-- looked which. The round is the number of its last transaction: so it knows of one whose answer was lost.
create table stream_writer (
    id varchar(36) not null primary key,
    fence bigint not null,
    round bigint not null,
    seen timestamp with time zone not null
);

-- What was taken from a writer that has not noticed yet.
create table stream_taken (
    writer varchar(36) not null,
    session bigint not null,
    primary key (writer, session)
);

-- The observations of one shard of sessions that a writer kept in one round.
create table stream_log (
    writer varchar(36) not null,
    shard integer not null,
    round bigint not null,
    entries bytea not null,
    primary key (writer, shard, round)
);

-- What tokens and states are signed with, unless a property says so. At most one row.
create table stream_key (
    id integer not null primary key,
    secret bytea not null
);
