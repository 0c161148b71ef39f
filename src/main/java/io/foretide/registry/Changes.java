package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.DataIntegrityViolationException;
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

    Imports.Kept importVersion(NewVersion version) {
        return Objects.requireNonNull(transactions.execute(_ -> publication.importVersion(version)));
    }

    ModelAlias moveAlias(AliasChange change, int version) {
        return Objects.requireNonNull(transactions.execute(_ -> moves.move(change, version)));
    }

    ModelAlias rollBackAlias(AliasChange change) {
        return Objects.requireNonNull(transactions.execute(_ -> moves.rollBack(change)));
    }

    void removeAlias(AliasChange change) {
        transactions.executeWithoutResult(_ -> moves.remove(change));
    }

    List<ModelReference> deleteVersion(ModelName model, int version) {
        return delete(() -> deletions.deleteVersion(model, version));
    }

    List<ModelReference> deleteModel(ModelName model) {
        return delete(() -> deletions.deleteModel(model));
    }

    private List<ModelReference> delete(Supplier<List<ModelReference>> deletion) {
        try {
            return Objects.requireNonNull(transactions.execute(_ -> deletion.get()));
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(
                    ProblemType.IN_USE, "A version came into use while it was being deleted. Try again.", e);
        }
    }
}
