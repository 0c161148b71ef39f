import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into the rows that a crash has left, for what the interface of the service does not show. */
final class Inspection {
    private final Connection database;
    private final Journal journal;

    private Inspection(Connection database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    static void run(Store store, Journal journal) throws IOException {
        try (Connection database = store.open()) {
            new Inspection(database, journal).run();
        } catch (SQLException e) {
            journal.found(Journal.Wrong.HALF_WRITTEN, "the database cannot be read: " + e.getMessage());
        }
    }

    private void run() throws SQLException {
        none("blobs that nothing owns", "select id from blob b where " + blobOwners());
        none("blobs that are not whole", """
                select b.id from blob b left join blob_part p on p.blob = b.id
                group by b.id, b.size having b.size <> coalesce(sum(octet_length(p.bytes)), 0)
                    or coalesce(max(p.part), -1) + 1 <> count(p.part)
                """);
        none("aliases of versions that are not there", """
                select a.alias from model_alias a
                left join model_version v on v.model = a.model and v.version = a.version where v.version is null
                """);
        none("aliases that point elsewhere than their last move", """
                select a.alias from model_alias a join alias_move m on m.id = a.last_move
                where m.to_version is null or m.to_version <> a.version
                    or m.id < (select max(n.id) from alias_move n where n.model = a.model and n.alias = a.alias)
                """);
        none("models without a version, with aliases", """
                select a.model from model_alias a where not exists (select 1 from model m where m.name = a.model)
                """);
        none("version numbers beyond the last one given", """
                select v.version from model_version v join model_number n on n.model = v.model
                where v.version > n.last_version
                """);
        none("jobs that wait or run without their data", """
                select id from training_job where state in ('queued', 'running') and data is null
                """);
        none("jobs that ended and kept their data", """
                select id from training_job where state not in ('queued', 'running') and data is not null
                """);
        none("jobs that succeeded without a version", """
                select id from training_job where state = 'succeeded' and version is null
                """);
        none("versions of jobs that did not succeed", """
                select j.id from training_job j join model_version v on v.job_id = j.id where j.state <> 'succeeded'
                """);
        none("jobs that nobody will ever run", """
                select id from training_job j where state in ('queued', 'running')
                    and not exists (select 1 from scheduled_tasks s where s.task_instance = j.id)
                """);
        for (Journal.Alias alias : journal.aliases) {
            compareHistory(alias);
        }
    }

    /** A condition that no table refers to the blob, whichever tables there are. */
    private String blobOwners() throws SQLException {
        var owners = new ArrayList<String>();
        try (ResultSet keys = database.getMetaData().getExportedKeys(null, null, "blob")) {
            while (keys.next()) {
                String table = keys.getString("FKTABLE_NAME");
                if (!table.equals("blob_part")) {
                    owners.add("not exists (select 1 from %s o where o.%s = b.id)"
                            .formatted(table, keys.getString("FKCOLUMN_NAME")));
                }
            }
        }
        if (owners.size() < 2) {
            throw new SQLException("blobs are owned by versions and jobs at least, found " + owners);
        }
        return String.join(" and ", owners);
    }

    private void none(String what, String sql) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            if (!found.isEmpty()) {
                journal.found(Journal.Wrong.HALF_WRITTEN, what + ": " + found);
            }
        }
    }

    /** The history holds the confirmed moves in their order, and at its end perhaps the one in flight. */
    private void compareHistory(Journal.Alias alias) throws SQLException {
        List<Journal.Move> found = history(alias);
        if (!Journal.holds(alias.moves, found)) {
            var withUnknown = new ArrayList<>(alias.moves);
            if (alias.unknown != null) {
                withUnknown.add(alias.unknown);
            }
            if (!Journal.holds(withUnknown, found)) {
                journal.found(
                        Journal.Wrong.LOST,
                        "the history of %s@%s has %d moves, and %d were confirmed"
                                .formatted(alias.model, alias.name, found.size(), alias.moves.size()));
            }
        }
    }

    private List<Journal.Move> history(Journal.Alias alias) throws SQLException {
        try (var statement = database.prepareStatement(
                "select to_version, reason from alias_move where model = ? and alias = ? order by id")) {
            statement.setString(1, alias.model);
            statement.setString(2, alias.name);
            try (ResultSet rows = statement.executeQuery()) {
                var moves = new ArrayList<Journal.Move>();
                while (rows.next()) {
                    Integer version = rows.getObject(1, Integer.class);
                    moves.add(new Journal.Move(version, rows.getString(2)));
                }
                return moves;
            }
        }
    }
}
