package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code multipart/form-data} body, one after the other as they stream by.
 *
 * <p>Nothing is kept on disk: a part is read while it arrives, whatever their order is.
 */
final class MultipartBody {
    private final FileItemIterator parts;
    private final Set<String> seen = new HashSet<>();

    /** One part; its content can be read until the next part is asked for. */
    record Part(
            String name,
            @Nullable String contentType,
            @Nullable String fileName,
            InputStream content) {}

    MultipartBody(HttpServletRequest request) throws IOException {
        FileUpload upload = new FileUpload();
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        try {
            parts = upload.getItemIterator(new Body(request));
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** The next part, or nothing after the last one. */
    @Nullable
    Part next() throws IOException {
        try {
            return parts.hasNext() ? part(parts.next()) : null;
        } catch (IOException e) {
            throw explained(e);
        } catch (InvalidFileNameException e) {
            throw malformed(e);
        }
    }

    private Part part(FileItemStream item) throws IOException {
        String name = item.getFieldName();
        if (!"request".equals(name) && !"data".equals(name)) {
            throw JsonBody.invalid("", "has a part other than request and data");
        }
        if (!seen.add(name)) {
            throw JsonBody.invalid("", "has the part " + name + " twice");
        }
        return new Part(name, item.getContentType(), item.getName(), new Content(item.openStream()));
    }

    /** A connection that broke is nothing that the client could correct in the parts. */
    private static IOException explained(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadRequestException broken) {
                return broken;
            }
            if (cause instanceof ProblemException problem) {
                throw problem;
            }
        }
        throw malformed(failure);
    }

    private static ProblemException malformed(Exception cause) {
        return new ProblemException(
                ProblemType.MALFORMED_BODY,
                "The parts of the body cannot be told apart, or the last one breaks off. Send multipart/form-data with the"
                        + " parts request and data.",
                cause);
    }

    private static final class Content extends FilterInputStream {
        Content(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public void close() {
            // The parts that follow are skipped to, not closed to: closing reads on to the end of this one.
        }
    }

    /** The request as the parser of Tomcat wants it; its own one would bypass the bounds of our filter. */
    private record Body(HttpServletRequest request) implements UploadContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return request.getContentType();
        }

        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return request.getInputStream();
        }
    }
}
