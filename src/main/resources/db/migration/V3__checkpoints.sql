-- How far the training of an unfinished job is: replaced while its claim is held, and gone when the job ends. The attempt
-- is the one that wrote it: attempts after it have not got further.
create table training_checkpoint (
    job varchar(36) not null primary key references training_job (id) on delete cascade,
    attempt integer not null,
    epoch integer not null,
    created_at timestamp with time zone not null,
    data varchar(36) not null references blob (id)
);
