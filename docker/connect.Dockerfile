# Kafka Connect with the venues' connectors and the sinks for warehouses. Built from the project's folder, out of what Maven has
# put into docker/target/plugins: see README.md beside this file.
FROM apache/kafka:4.3.1
LABEL org.opencontainers.image.title="Plimsoll Connect" \
      org.opencontainers.image.description="Kafka Connect with Plimsoll's source connectors, and sinks for PostgreSQL and Iceberg" \
      org.opencontainers.image.licenses="Apache-2.0"
USER root
COPY docker/healthy docker/connect/run docker/connect/worker.properties docker/connect/log4j2.yaml /opt/plimsoll/connect/
COPY docker/target/plugins /opt/plimsoll/plugins
RUN chmod -R a+rX /opt/plimsoll && chmod a+x /opt/plimsoll/connect/run /opt/plimsoll/connect/healthy \
 && mkdir /warehouse && chown 1000:1000 /warehouse
USER 1000:1000
EXPOSE 8083
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
  CMD ["/opt/plimsoll/connect/healthy", "8083", "/health"]
CMD ["/opt/plimsoll/connect/run"]
