# Packs a built tree: run `./plimsoll --version` first, which builds it. See README.md beside this file.
FROM eclipse-temurin:17-jre
COPY plimsoll /opt/plimsoll/plimsoll
COPY server/target/launcher-built /opt/plimsoll/server/target/
COPY server/target/plimsoll-server-*.jar /opt/plimsoll/server/target/
COPY server/target/lib /opt/plimsoll/server/target/lib
RUN useradd --system --home-dir /data plimsoll && mkdir /data && chown plimsoll /data
USER plimsoll
WORKDIR /data
ENV PLIMSOLL_HTTP_HOST=0.0.0.0 PLIMSOLL_DATA_DIR=/data
EXPOSE 8080
ENTRYPOINT ["/opt/plimsoll/plimsoll"]
CMD ["run", "--config", "/etc/plimsoll/plimsoll.yaml"]
