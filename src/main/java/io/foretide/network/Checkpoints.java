package io.foretide.network;

import java.io.InputStream;
import java.util.Optional;

/** Where a training keeps how far it is, and finds how far an earlier run of it was. */
public interface Checkpoints {
    Checkpoints NONE = new Checkpoints() {
        @Override
        public Optional<InputStream> last() {
            return Optional.empty();
        }

        @Override
        public void resumed(Checkpoint from, int epochs) {}

        @Override
        public void refused(String reason) {}

        @Override
        public boolean due() {
            return false;
        }

        @Override
        public boolean dueWhenDone() {
            return false;
        }

        @Override
        public void keep(Checkpoint checkpoint) {}
    };

    /** The bytes that were kept last; nothing where there are none. Whoever asks closes them. */
    Optional<InputStream> last();

    /**
     * Hears that the training goes on from what was kept last.
     *
     * @param epochs the most that all members may train, those that are done included
     */
    void resumed(Checkpoint from, int epochs);

    /** Hears why what was kept last is of no use; the training begins anew. */
    void refused(String reason);

    /** Asked between two steps, where there is something new to keep. */
    boolean due();

    /** Asked where the training is done. */
    default boolean dueWhenDone() {
        return true;
    }

    /** Keeps a checkpoint in place of the last; called where one is due, and with the network that is done. */
    void keep(Checkpoint checkpoint);
}
