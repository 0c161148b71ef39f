package io.foretide.training;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.Queries;

/** Picks due executions in the SQL that H2 and PostgreSQL share, exactly as many as there are free workers. */
final class SkipLocked extends DefaultJdbcCustomization {
    static final SkipLocked INSTANCE = new SkipLocked();

    private SkipLocked() {
        super(false);
    }

    @Override
    public String getName() {
        return "H2 and PostgreSQL";
    }

    @Override
    public boolean supportsGenericLockAndFetch() {
        return true;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String tableName, int limit, String requiredAndCondition, boolean orderByPriority) {
        return "select * from " + tableName + " where picked = ? and execution_time <= ? " + requiredAndCondition
                + Queries.ansiSqlOrderPart(orderByPriority) + getQueryLimitPart(limit) + " for update skip locked";
    }
}
