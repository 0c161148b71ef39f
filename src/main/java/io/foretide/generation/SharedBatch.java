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

    /** Who waits for tokens, of one generation or of many. */
    private final class Waiting {
        private final Condition changed = lock.newCondition();
        private int wishes;

        private boolean isOver() {
            return wishes == 0;
        }
    }

    /** So many more tokens of a generation. */
    private static final class Wish {
        private final Generation generation;
        private final Waiting by;
        private int left;

        private Wish(Generation generation, Waiting by, int tokens) {
            this.generation = generation;
            this.by = by;
            this.left = tokens;
            by.wishes++;
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

    /** How many tokens for each of so many generations are a slice of work. */
    public int tokensOfSlice(int generations) {
        return (int) Math.max(1, SLICE / operations / generations);
    }

    /** As {@link #advance(List, int, Turns)}, of one. */
    public void advance(Generation generation, int tokens, Turns turns) {
        advance(List.of(generation), tokens, turns);
    }

    /**
     * Gives each of some generations more tokens, fewer only where it is finished by then. Its sink is called by whichever thread
     * computes, and is to return at once; what it throws is thrown by {@link Generation#result}.
     *
     * @param tokens how many more, at least 1
     */
    public void advance(List<Generation> generations, int tokens, Turns turns) {
        var own = new Waiting();
        lock.lock();
        try {
            for (Generation generation : generations) {
                if (!generation.isFinished()) {
                    wishes.add(new Wish(generation, own, tokens));
                }
            }
            while (led && !own.isOver()) {
                own.changed.awaitUninterruptibly();
            }
            if (own.isOver()) {
                return;
            }
            led = true;
        } finally {
            lock.unlock();
        }
        lead(own, turns);
    }

    private void lead(Waiting own, Turns turns) {
        try {
            while (!isOver(own)) {
                turns.take(() -> slice(own));
            }
        } finally {
            lock.lock();
            try {
                led = false;
                wishes.removeIf(wish -> wish.by == own); // they are still there where something failed
                Wish next = wishes.peek();
                if (next != null) {
                    next.by.changed.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isOver(Waiting some) {
        lock.lock();
        try {
            return some.isOver();
        } finally {
            lock.unlock();
        }
    }

    /** Advances those who wait, token by token, until one slice is done or who leads has all. */
    private void slice(Waiting leading) {
        for (long left = SLICE; left > 0 && !isOver(leading); ) {
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
                if (wish.left > 0 && !wish.generation.isFinished()) {
                    wishes.add(wish);
                } else if (--wish.by.wishes == 0) {
                    wish.by.changed.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
