package io.foretide.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** A request whose body comes from another stream than the connection's. */
final class BoundedRequest extends HttpServletRequestWrapper {
    /** Whether the headers that describe the bytes on the wire still hold. */
    enum Headers {
        AS_SENT,
        OF_CONTENT
    }

    private final ServletInputStream body;
    private final Headers headers;

    BoundedRequest(HttpServletRequest request, InputStream body, Headers headers) {
        super(request);
        this.body = new Body(body);
        this.headers = headers;
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return hides("Content-Length") ? -1 : super.getContentLength();
    }

    @Override
    public long getContentLengthLong() {
        return hides("Content-Length") ? -1 : super.getContentLengthLong();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return hides(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return hides(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !hides(name))
                .toList());
    }

    private boolean hides(String header) {
        return switch (headers) {
            case AS_SENT -> false;
            case OF_CONTENT -> header.equalsIgnoreCase("Content-Encoding") || header.equalsIgnoreCase("Content-Length");
        };
    }

    private static final class Body extends ServletInputStream {
        private final InputStream bytes;
        private boolean finished;

        Body(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int value = bytes.read();
            finished = value < 0;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = bytes.read(target, offset, length);
            finished = read < 0;
            return read;
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("bodies are read by blocking");
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
