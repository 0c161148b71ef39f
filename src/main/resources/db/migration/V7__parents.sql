-- What a job starts from: a version that is not deleted before the job has ended. Only jobs that start from one have a row.
create table training_parent (
    job varchar(36) not null primary key references training_job (id) on delete cascade,
    model varchar(63) not null,
    version integer not null
);

create index training_parent_of_version on training_parent (model, version);
