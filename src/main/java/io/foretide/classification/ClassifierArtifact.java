package io.foretide.classification;

/** The bytes of a trained classifier. */
public final class ClassifierArtifact {
    /** What {@code manifest.json} says of its {@code task}. */
    public static final String TASK = "classify";

    private ClassifierArtifact() {}

    /** The artifact of a classifier, without a record. */
    public static byte[] write(Classifier classifier) {
        throw new UnsupportedOperationException();
    }

    /** Reads an artifact; whatever is wrong with it is a problem, never executed. */
    public static Classifier read(byte[] artifact) {
        throw new UnsupportedOperationException();
    }

    /** The same artifact with another record, which says how the classifier came about. */
    public static byte[] withRecord(byte[] artifact, Object record) {
        throw new UnsupportedOperationException();
    }

    /** The record in an artifact; a problem where it has not exactly the fields of the type. */
    public static <T> T record(byte[] artifact, Class<T> type) {
        throw new UnsupportedOperationException();
    }
}
