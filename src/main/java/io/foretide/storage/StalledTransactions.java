package io.foretide.storage;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Has PostgreSQL end the transactions of a process that was stopped in the middle of one and still has its connections.
 * Otherwise what it locked stays locked for as long as it is stopped, its job among it, and no other process takes that up.
 */
@Component
final class StalledTransactions implements BeanPostProcessor {
    private final ObjectProvider<Database> database;
    private final ObjectProvider<StorageProperties> properties;

    // Asked for late: what a post-processor needs at once is not processed itself.
    StalledTransactions(ObjectProvider<Database> database, ObjectProvider<StorageProperties> properties) {
        this.database = database;
        this.properties = properties;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && database.getObject().isPostgres()) {
            long timeout = properties.getObject().stalledTransactionTimeout().toMillis();
            pool.setConnectionInitSql("set idle_in_transaction_session_timeout = " + timeout);
        }
        return bean;
    }
}
