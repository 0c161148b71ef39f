package io.foretide.generation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one batch of all who generate with a model: what many of them ask for is computed together, which reads the weights once
 * for all. It has no thread. Of those who wait for tokens one advances the generations of all, until it has its own; then
 * another one does. Who does not ask for more is not advanced, so a client that reads slowly, or has gone, costs nothing.
 */
public final class SharedBatch {
    /** More together gain little, and each waits for all. */
    private static final int MOST = 64;

    /** Multiplications of a slice: about a millisecond. */
    private static final long SLICE = 1 << 24;

    private final LanguageModel model;
    private final long operations;
    private final ReentrantLock lock = new ReentrantLock();

    /** Those who wait, in the order of their turns. Guarded by the lock, as is what they have been given. */
    private final Deque<Wish> wishes = new ArrayDeque<>();

    /** Whether one of those who wait advances all. */
    private boolean led;

    /** Of who leads. Made anew when there is more to do together than there was before. */
    private @Nullable GenerationBatch batch;

    private int room;

    /** So many more tokens of a generation. */
    private final class Wish {
        private final Generation generation;
        private final Condition changed = lock.newCondition();
        private int left;
        private boolean granted;

        private Wish(Generation generation, int tokens) {
            this.generation = generation;
            this.left = tokens;
        }
    }

    SharedBatch(LanguageModel model) {
        this.model = model;
        this.operations = Math.max(1, model.settings().shape().parameters());
    }

    /** Reads on, slice by slice: as {@link LanguageModel#read}. */
    public void read(LanguageState state, String text, Turns turns) {
        int piece = (int) Math.max(1, SLICE / operations);
        for (int from = 0; from < text.length(); from += piece) {
            String next = text.substring(from, Math.min(text.length(), from + piece));
            turns.take(() -> model.read(state, next));
        }
    }

    /**
     * Gives a generation more tokens, fewer only where it is finished by then. Its sink is called by whichever thread computes,
     * and is to return at once; what it throws is thrown by {@link Generation#result}.
     *
     * @param tokens how many more, at least 1
     */
    public void advance(Generation generation, int tokens, Turns turns) {
        if (generation.isFinished()) {
            return;
        }
        var own = new Wish(generation, tokens);
        lock.lock();
        try {
            wishes.add(own);
            while (led && !own.granted) {
                own.changed.awaitUninterruptibly();
            }
            if (own.granted) {
                return;
            }
            led = true;
        } finally {
            lock.unlock();
        }
        lead(own, turns);
    }

    private void lead(Wish own, Turns turns) {
        boolean granted = false;
        try {
            while (!granted) {
                turns.take(() -> slice(own));
                granted = isGranted(own);
            }
        } finally {
            lock.lock();
            try {
                led = false;
                wishes.remove(own); // it is still there where something failed
                Wish next = wishes.peek();
                if (next != null) {
                    next.changed.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isGranted(Wish wish) {
        lock.lock();
        try {
            return wish.granted;
        } finally {
            lock.unlock();
        }
    }

    /** Advances those who wait, token by token, until one slice is done or who leads has all. */
    private void slice(Wish leading) {
        for (long left = SLICE; left > 0 && !isGranted(leading); ) {
            List<Wish> taken = take();
            try {
                batchOf(taken.size())
                        .step(taken.stream().map(wish -> wish.generation).toList());
            } finally {
                giveBack(taken);
            }
            left -= taken.size() * operations;
        }
    }

    private List<Wish> take() {
        lock.lock();
        try {
            List<Wish> taken = new ArrayList<>(Math.min(wishes.size(), MOST));
            while (taken.size() < MOST && !wishes.isEmpty()) {
                taken.add(wishes.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private GenerationBatch batchOf(int count) {
        if (batch == null || count > room) {
            room = Math.min(MOST, Integer.highestOneBit(2 * count - 1));
            batch = new GenerationBatch(model, room);
        }
        return batch;
    }

    /** Those who have all they asked for are told; the others come behind those who have come meanwhile. */
    private void giveBack(List<Wish> taken) {
        lock.lock();
        try {
            for (Wish wish : taken) {
                wish.left--;
                if (wish.left <= 0 || wish.generation.isFinished()) {
                    wish.granted = true;
                    wish.changed.signal();
                } else {
                    wishes.add(wish);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
