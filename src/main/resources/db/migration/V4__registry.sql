-- Who moved an alias; of moves before this release nobody knows.
alter table alias_move add column moved_by varchar(200) default 'unknown' not null;

-- The move that brought the alias to the version before, which a rollback goes back to. A rollback takes over that of the
-- move it went back to, so that the next one goes further back.
alter table alias_move add column back bigint;

update alias_move
set back = (
    select max(earlier.id)
    from alias_move earlier
    where earlier.model = alias_move.model and earlier.alias = alias_move.alias and earlier.id < alias_move.id
)
where from_version is not null and to_version is not null;

-- The same artifact is kept once in a model.
create index model_version_of_artifact on model_version (model, artifact_sha256);
