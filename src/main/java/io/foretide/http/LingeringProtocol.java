package io.foretide.http;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP as Tomcat speaks it, with {@link LingeringProcessor}s. It is public because Tomcat makes it by its name. */
public final class LingeringProtocol extends Http11NioProtocol {
    @Override
    protected Processor createProcessor() {
        return new LingeringProcessor(this, getAdapter());
    }
}
