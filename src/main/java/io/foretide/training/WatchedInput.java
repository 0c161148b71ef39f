package io.foretide.training;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that are read only as long as a question before each read does not throw. */
final class WatchedInput extends FilterInputStream {
    private final Runnable goOn;

    WatchedInput(InputStream in, Runnable goOn) {
        super(in);
        this.goOn = goOn;
    }

    @Override
    public int read() throws IOException {
        goOn.run();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        goOn.run();
        return super.read(bytes, from, length);
    }
}
