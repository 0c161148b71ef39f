-- What was odd with the series of a job, and what was repaired. Beside the job, which lists show without it.
create table training_audit (
    job varchar(36) not null primary key references training_job (id) on delete cascade,
    summary varchar(1000000) not null
);

insert into training_audit (job, summary)
select id, '{"counts":{},"findings":[],"truncated":false}' from training_job;
