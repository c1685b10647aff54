# The program. Built from the project's folder, out of jars that Maven has made before: see README.md beside this file.

# What changes with every build apart from what hardly ever does, so that an update carries a few megabytes.
FROM eclipse-temurin:21-jre AS layers
COPY docker/target/program/lib /others
COPY plimsoll docker/healthy /own/
RUN mkdir -p /own/server/target/lib \
 && mv /others/plimsoll-server-*.jar /own/server/target/ \
 && mv /others/plimsoll-*.jar /own/server/target/lib/ \
 && touch /own/server/target/launcher-built \
 && chmod -R a+rX /own /others && chmod a+x /own/plimsoll /own/healthy

FROM eclipse-temurin:21-jre
LABEL org.opencontainers.image.title="Plimsoll" \
      org.opencontainers.image.description="The systemic leverage monitor" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN mkdir /data && chown 10001:10001 /data
COPY --from=layers /others /opt/plimsoll/server/target/lib
COPY --from=layers /own /opt/plimsoll
USER 10001:10001
WORKDIR /data
ENV PLIMSOLL_HTTP_HOST=0.0.0.0 PLIMSOLL_DATA_DIR=/data
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
  CMD ["/opt/plimsoll/healthy", "8080", "/health/ready"]
ENTRYPOINT ["/opt/plimsoll/plimsoll"]
CMD ["run", "--config", "/etc/plimsoll/plimsoll.yaml"]
