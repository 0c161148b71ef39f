package io.foretide.network;

import io.foretide.network.Checkpoint.Best;
import io.foretide.network.Checkpoint.Done;
import io.foretide.network.Checkpoint.Member;
import io.foretide.network.Checkpoint.Progress;
import io.foretide.network.Checkpoint.Stage;
import io.foretide.network.Checkpoint.Underway;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a checkpoint, big-endian: a mark, the number of the format, the fingerprint of the training, the losses, the
 * members that are done, the best network of the present one, the stage, and the SHA-256 of all that. Arrays and lists are
 * preceded by their length.
 */
final class CheckpointFormat {
    /**
     * Raised with every change of these bytes, and with every change of what a training computes: then a training that one
     * release began must not be ended by another.
     */
    static final int FORMAT = 7;

    private static final int MARK = 0x46544350; // FTCP
    private static final int CHUNK = 1 << 16;
    private static final int LOSS_BYTES = Double.BYTES + 1 + Double.BYTES;

    private CheckpointFormat() {}

    static void write(Checkpoint checkpoint, OutputStream target) throws IOException {
        MessageDigest digest = TrainingFingerprint.newDigest();
        var out = new DataOutputStream(new DigestOutputStream(target, digest));
        out.writeInt(MARK);
        out.writeInt(FORMAT);
        out.write(checkpoint.training().bytes());
        write(checkpoint.losses(), out);
        out.writeByte(checkpoint.members().size());
        for (Member member : checkpoint.members()) {
            write(member.best(), out);
            out.writeInt(member.lastEpoch());
        }
        Best best = checkpoint.best();
        out.writeBoolean(best != null);
        if (best != null) {
            write(best, out);
        }
        write(checkpoint.stage(), out);
        out.flush();
        target.write(digest.digest());
    }

    private static void write(List<EpochLoss> losses, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(losses.size() * LOSS_BYTES);
        for (EpochLoss loss : losses) {
            Double validation = loss.validationLoss();
            bytes.putDouble(loss.trainLoss());
            bytes.put((byte) (validation == null ? 0 : 1)).putDouble(validation == null ? 0 : validation);
        }
        out.writeInt(losses.size());
        out.write(bytes.array());
    }

    private static void write(Best best, DataOutputStream out) throws IOException {
        out.writeInt(best.epoch());
        out.writeDouble(best.loss());
        write(best.parameters(), out);
    }

    private static void write(Stage stage, DataOutputStream out) throws IOException {
        switch (stage) {
            case Done(StopReason stoppedBy) -> {
                out.writeBoolean(true);
                out.writeUTF(stoppedBy.name());
            }
            case Underway underway -> {
                out.writeBoolean(false);
                out.writeInt(underway.epoch());
                out.writeInt(underway.batch());
                out.writeDouble(underway.lossSum());
                write(underway.progress(), out);
            }
        }
    }

    private static void write(Progress progress, DataOutputStream out) throws IOException {
        out.writeLong(progress.updates());
        write(progress.parameters(), out);
        write(progress.first(), out);
        write(progress.second(), out);
        write(progress.carried(), out);
    }

    private static void write(float[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            bytes.asFloatBuffer().put(values, from, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    /** Reads to the end of the stream, which stays open. */
    static Checkpoint read(InputStream source, TrainingFingerprint training)
            throws IOException, UnusableCheckpointException {
        MessageDigest digest = TrainingFingerprint.newDigest();
        var in = new DataInputStream(new DigestInputStream(source, digest));
        try {
            checkHead(in, training);
            List<EpochLoss> losses = readLosses(in);
            List<Member> members = readMembers(in);
            Best best = in.readBoolean() ? readBest(in) : null;
            Stage stage = readStage(in);
            byte[] expected = digest.digest();
            if (!MessageDigest.isEqual(expected, source.readNBytes(expected.length)) || source.read() >= 0) {
                throw new UnusableCheckpointException("does not have the bytes that were written");
            }
            return new Checkpoint(training, stage, members, best, losses);
        } catch (EOFException | UTFDataFormatException | IllegalArgumentException e) {
            throw new UnusableCheckpointException("does not have the bytes that were written");
        }
    }

    private static void checkHead(DataInputStream in, TrainingFingerprint training)
            throws IOException, UnusableCheckpointException {
        if (in.readInt() != MARK) {
            throw new UnusableCheckpointException("is none");
        }
        int format = in.readInt();
        if (format != FORMAT) {
            throw new UnusableCheckpointException("has format %d, this release has %d".formatted(format, FORMAT));
        }
        if (!TrainingFingerprint.of(in.readNBytes(TrainingFingerprint.BYTES)).equals(training)) {
            throw new UnusableCheckpointException("belongs to a training of other data, settings or seed");
        }
    }

    private static List<EpochLoss> readLosses(DataInputStream in) throws IOException, UnusableCheckpointException {
        ByteBuffer bytes = readBytes(in, LOSS_BYTES);
        List<EpochLoss> losses = new ArrayList<>();
        while (bytes.hasRemaining()) {
            double train = bytes.getDouble();
            boolean validated = bytes.get() != 0;
            Double validation = bytes.getDouble();
            losses.add(new EpochLoss(losses.size() + 1, train, validated ? validation : null));
        }
        return losses;
    }

    private static List<Member> readMembers(DataInputStream in) throws IOException, UnusableCheckpointException {
        List<Member> members = new ArrayList<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            members.add(new Member(readBest(in), in.readInt()));
        }
        return members;
    }

    private static Best readBest(DataInputStream in) throws IOException, UnusableCheckpointException {
        return new Best(in.readInt(), in.readDouble(), readFloats(in));
    }

    private static Stage readStage(DataInputStream in) throws IOException, UnusableCheckpointException {
        return in.readBoolean()
                ? new Done(StopReason.valueOf(in.readUTF()))
                : new Underway(in.readInt(), in.readInt(), in.readDouble(), readProgress(in));
    }

    private static Progress readProgress(DataInputStream in) throws IOException, UnusableCheckpointException {
        return new Progress(in.readLong(), readFloats(in), readFloats(in), readFloats(in), readFloats(in));
    }

    private static float[] readFloats(DataInputStream in) throws IOException, UnusableCheckpointException {
        ByteBuffer bytes = readBytes(in, Float.BYTES);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** An array's bytes. A length that lies allocates no more than there is. */
    private static ByteBuffer readBytes(DataInputStream in, int size) throws IOException, UnusableCheckpointException {
        long wanted = (long) in.readInt() * size;
        byte[] bytes = wanted < 0 || wanted > Integer.MAX_VALUE ? new byte[0] : in.readNBytes((int) wanted);
        if (bytes.length != wanted) {
            throw new UnusableCheckpointException("ends before its end");
        }
        return ByteBuffer.wrap(bytes);
    }
}
