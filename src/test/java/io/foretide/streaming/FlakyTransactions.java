package io.foretide.streaming;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;

/** A database that a test takes away: for good, for a while, or just after it has committed, or which does not answer. */
final class FlakyTransactions implements PlatformTransactionManager {
    private final PlatformTransactionManager real;
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean gone;
    private volatile CountDownLatch answering = new CountDownLatch(0);

    FlakyTransactions(PlatformTransactionManager real) {
        this.real = real;
    }

    void takeAway() {
        gone = true;
    }

    void bringBack() {
        gone = false;
    }

    /** Nothing is answered any more. */
    void stall() {
        answering = new CountDownLatch(1);
    }

    /** What has waited is answered. */
    void goOn() {
        answering.countDown();
    }

    /** The answers of so many commits are lost. */
    void loseAnswers(int count) {
        lostAnswers.set(count);
    }

    /** So many commits fail. */
    void failCommits(int count) {
        failures.set(count);
    }

    boolean isCalm() {
        return lostAnswers.get() <= 0 && failures.get() <= 0;
    }

    @Override
    public TransactionStatus getTransaction(TransactionDefinition definition) {
        try {
            answering.await();
        } catch (InterruptedException e) {
            throw new CannotCreateTransactionException("interrupted", e);
        }
        if (gone) {
            throw new CannotCreateTransactionException("gone");
        }
        return real.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        if (gone || failures.getAndDecrement() > 0) {
            real.rollback(status);
            throw new TransactionSystemException("not committed");
        }
        real.commit(status);
        if (lostAnswers.getAndDecrement() > 0) {
            throw new TransactionSystemException("committed, but who knows");
        }
    }

    @Override
    public void rollback(TransactionStatus status) {
        real.rollback(status);
    }
}
