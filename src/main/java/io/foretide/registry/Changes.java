package io.foretide.registry;

import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each change of the registry as one transaction, or as a part of the caller's. */
@Component
final class Changes {
    private final Publication publication;
    private final AliasMoves moves;
    private final Deletions deletions;
    private final TransactionTemplate transactions;

    Changes(Publication publication, AliasMoves moves, Deletions deletions, PlatformTransactionManager transactions) {
        this.publication = publication;
        this.moves = moves;
        this.deletions = deletions;
        this.transactions = new TransactionTemplate(transactions);
    }

    ModelVersion register(NewVersion version) {
        return Objects.requireNonNull(transactions.execute(_ -> publication.register(version)));
    }

    ModelAlias moveAlias(ModelName model, Selector.Alias alias, int version, String reason) {
        return Objects.requireNonNull(transactions.execute(_ -> moves.move(model, alias, version, reason)));
    }

    void removeAlias(ModelName model, Selector.Alias alias, String reason) {
        transactions.executeWithoutResult(_ -> moves.remove(model, alias, reason));
    }

    List<ModelReference> deleteVersion(ModelName model, int version) {
        return Objects.requireNonNull(transactions.execute(_ -> deletions.deleteVersion(model, version)));
    }

    List<ModelReference> deleteModel(ModelName model) {
        return Objects.requireNonNull(transactions.execute(_ -> deletions.deleteModel(model)));
    }
}
