-- Which run of a job did the epoch first. Trainings are repeatable: a run that does it again, or goes on from behind it, has
-- the same losses, and those who follow the job are told of it once. Epochs behind that of the job are an earlier run's.
alter table training_epoch add column claim bigint default 0 not null;
