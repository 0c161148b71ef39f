# The image of the service: docker build -t foretide .
# docs/operations.md says how it is run, and what it guarantees.

FROM --platform=$BUILDPLATFORM maven:3.9.12-eclipse-temurin-25 AS build
ARG TARGETARCH
WORKDIR /build
COPY . .
# The cache of dependencies outlives changes of the sources. Where Central is reached through a mirror:
# docker build --secret id=maven-settings,src=$HOME/.m2/settings.xml .
RUN --mount=type=cache,target=/root/.m2 \
    --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    case "$TARGETARCH" in \
      amd64) platform=linux-x86_64 ;; \
      arm64) platform=linux-arm64 ;; \
      *) echo "Deeplearning4j has no libraries for $TARGETARCH, only for amd64 and arm64" >&2; exit 1 ;; \
    esac && \
    ./mvnw -B -ntp -Djavacpp.platform="$platform" -Dmaven.test.skip=true package
RUN java -Djarmode=tools -jar target/foretide-*.jar extract --layers --application-filename foretide.jar \
      --destination /image/layers && \
    src/main/docker/unpack-natives /image/layers/dependencies/lib /image/natives

FROM eclipse-temurin:25.0.3_9-jre-noble
LABEL org.opencontainers.image.title="Foretide" \
      org.opencontainers.image.description="Forecasting service: recurrent networks trained on your series, asked over HTTP" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /opt/foretide
# What changes least comes first.
COPY --from=build /image/natives/ natives/
COPY --from=build /image/layers/dependencies/ ./
COPY --from=build /image/layers/spring-boot-loader/ ./
COPY --from=build /image/layers/snapshot-dependencies/ ./
COPY --from=build /image/layers/application/ ./
COPY src/main/jvm/java.args src/main/docker/image.args src/main/docker/start src/main/docker/ready ./
# Starts once and keeps what was loaded: the cache is only good for this virtual machine and these files, under the names
# that they are started by.
RUN java @java.args @image.args -XX:AOTCacheOutput=foretide.aot -Dspring.context.exit=onRefresh \
      -jar /opt/foretide/foretide.jar --foretide.storage.path=/tmp/foretide && \
    rm -r /tmp/* && \
    install -d -o 10001 -g 10001 /data

# Other machines reach every address of a container, so the service only starts where the operator says that this is
# meant: FORETIDE_SECURITY_ALLOW_NON_LOOPBACK=true.
ENV SERVER_ADDRESS=0.0.0.0 \
    FORETIDE_STORAGE_PATH=/data
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s CMD ["/opt/foretide/ready"]
ENTRYPOINT ["/opt/foretide/start"]
