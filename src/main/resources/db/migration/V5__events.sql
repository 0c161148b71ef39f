-- Which run of a job finished the epoch, so that those who follow the job are told of each epoch of each run once.
alter table training_epoch add column claim bigint default 0 not null;
