package io.foretide.registry;

import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The rows of aliases, and of each move they ever made. */
@Component
final class AliasTable {
    private static final String SELECT = """
            select a.model, a.alias, a.version, a.last_move, m.moved_by, m.reason, m.moved_at
            from model_alias a join alias_move m on m.id = a.last_move
            """;

    private static final String MOVES = """
            select id, model, alias, from_version, to_version, moved_by, reason, moved_at, back from alias_move
            """;

    private final JdbcClient database;

    /**
     * One change of an alias.
     *
     * @param from the version before; none where the alias was made
     * @param to the version from then on; none where the alias was removed
     * @param back the move that a rollback of this one goes back to
     */
    record Move(
            ModelName model,
            Selector.Alias alias,
            @Nullable Integer from,
            @Nullable Integer to,
            Cause cause,
            Instant at,
            @Nullable Long back) {}

    /** A move that was made, and its number. */
    record KeptMove(long id, Move move) {}

    AliasTable(JdbcClient database) {
        this.database = database;
    }

    Optional<ModelAlias> find(ModelName model, Selector.Alias alias) {
        return database.sql(SELECT + " where a.model = ? and a.alias = ?")
                .params(model.value(), alias.name())
                .query(AliasTable::alias)
                .optional();
    }

    List<ModelAlias> all(ModelName model) {
        return database.sql(SELECT + " where a.model = ? order by a.alias")
                .param(model.value())
                .query(AliasTable::alias)
                .list();
    }

    /** One more row than a page holds, by name. */
    List<ModelAlias> list(ModelName model, PageRequest page) {
        return database.sql(SELECT + " where a.model = ? and a.alias > ? order by a.alias limit ?")
                .params(model.value(), ListPosition.afterName(page), page.limit() + 1)
                .query(AliasTable::alias)
                .list();
    }

    /** The aliases of several models, each from its name to its version. */
    Map<ModelName, Map<String, Integer>> of(Collection<ModelName> models) {
        var found = new LinkedHashMap<ModelName, Map<String, Integer>>();
        if (models.isEmpty()) {
            return found;
        }
        database.sql("select model, alias, version from model_alias where model in (:models)")
                .param("models", models.stream().map(ModelName::value).toList())
                .query(row -> {
                    var model = new ModelName(row.getString("model"));
                    found.computeIfAbsent(model, _ -> new TreeMap<>())
                            .put(row.getString("alias"), row.getInt("version"));
                });
        return found;
    }

    List<String> pointingTo(ModelName model, int version) {
        return all(model).stream()
                .filter(alias -> alias.version() == version)
                .map(alias -> alias.alias().name())
                .toList();
    }

    int count(ModelName model) {
        return database.sql("select count(*) from model_alias where model = ?")
                .param(model.value())
                .query(Integer.class)
                .single();
    }

    /** Makes a move and keeps its record; the caller has locked the model. */
    void apply(Move move) {
        long id = record(move);
        String model = move.model().value();
        String alias = move.alias().name();
        if (move.to() == null) {
            database.sql("delete from model_alias where model = ? and alias = ?")
                    .params(model, alias)
                    .update();
        } else if (move.from() == null) {
            database.sql("insert into model_alias (model, alias, version, last_move) values (?, ?, ?, ?)")
                    .params(model, alias, move.to(), id)
                    .update();
        } else {
            database.sql("update model_alias set version = ?, last_move = ? where model = ? and alias = ?")
                    .params(move.to(), id, model, alias)
                    .update();
        }
    }

    /** A move that is known to be there. */
    KeptMove move(long id) {
        return database.sql(MOVES + " where id = ?")
                .param(id)
                .query(AliasTable::move)
                .single();
    }

    /** One more of an alias's moves than a page holds, newest first; also of one that is gone. */
    List<KeptMove> history(ModelName model, Selector.Alias alias, PageRequest page) {
        return database.sql(MOVES + " where model = ? and alias = ? and id < ? order by id desc limit ?")
                .params(model.value(), alias.name(), ListPosition.beforeId(page), page.limit() + 1)
                .query(AliasTable::move)
                .list();
    }

    private long record(Move move) {
        var key = new GeneratedKeyHolder();
        database.sql("insert into alias_move (model, alias, from_version, to_version, moved_by, reason,"
                        + " moved_at, back) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(move.model().value())
                .param(move.alias().name())
                .param(move.from())
                .param(move.to())
                .param(move.cause().by())
                .param(move.cause().reason())
                .param(UtcTime.toColumn(move.at()))
                .param(move.back())
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    private static ModelAlias alias(ResultSet row, int number) throws SQLException {
        return new ModelAlias(
                new ModelName(row.getString("model")),
                new Selector.Alias(row.getString("alias")),
                row.getInt("version"),
                row.getLong("last_move"),
                cause(row),
                UtcTime.fromColumn(row, "moved_at"));
    }

    private static KeptMove move(ResultSet row, int number) throws SQLException {
        var move = new Move(
                new ModelName(row.getString("model")),
                new Selector.Alias(row.getString("alias")),
                row.getObject("from_version", Integer.class),
                row.getObject("to_version", Integer.class),
                cause(row),
                UtcTime.fromColumn(row, "moved_at"),
                row.getObject("back", Long.class));
        return new KeptMove(row.getLong("id"), move);
    }

    private static Cause cause(ResultSet row) throws SQLException {
        return new Cause(row.getString("moved_by"), row.getString("reason"));
    }

    static ProblemException unknown(ModelName model, Selector.Alias alias) {
        String advice = switch (alias.name()) {
            case "champion" -> "Name a version (%1$s:1, %1$s@latest), or PUT /api/v1/models/%1$s/aliases/champion.";
            case "latest" -> "It is computed: GET /api/v1/models/%1$s shows it.";
            default -> "GET /api/v1/models/%1$s/aliases lists what there is.";
        };
        return new ProblemException(
                        ProblemType.UNKNOWN_ALIAS,
                        ("Model %1$s has no stored alias %2$s. " + advice).formatted(model, alias.name()))
                .with("model", model.value())
                .with("alias", alias.name());
    }
}
