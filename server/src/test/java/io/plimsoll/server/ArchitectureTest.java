package io.plimsoll.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.plimsoll");
        for (String module : new String[] {"schemas", "risk", "topology", "connectors", "server"}) {
            assertThat(classes.stream().anyMatch(type -> type.getPackageName().startsWith("io.plimsoll." + module)))
                    .describedAs("classes of module %s are on the class path", module)
                    .isTrue();
        }
    }

    @Test
    void shouldLetModulesPointDownOnly() {
        below("schemas", "risk", "topology", "connectors", "server", "benchmarks");
        below("risk", "schemas", "topology", "connectors", "server", "benchmarks");
        below("topology", "connectors", "server", "benchmarks");
        below("connectors", "risk", "topology", "server", "benchmarks");
        below("server", "benchmarks");
    }

    @Test
    void shouldKeepKafkaAndAvroOutOfRisk() {
        noClasses()
                .that()
                .resideInAPackage("io.plimsoll.risk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "io.confluent..", "kafka..", "org.slf4j..")
                .check(classes);
    }

    @Test
    void shouldShowBrokerInternalsToTheEmbeddedPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.plimsoll.server.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "kafka..",
                        "org.apache.kafka.server..",
                        "org.apache.kafka.metadata..",
                        "org.apache.kafka.raft..",
                        "org.apache.kafka.controller..",
                        "org.apache.kafka.storage..")
                .check(classes);
    }

    @Test
    void shouldKeepTheServersPackagesFreeOfCycles() {
        slices().matching("io.plimsoll.server.(*)..").should().beFreeOfCycles().check(classes);
    }

    private static void below(String module, String... above) {
        String[] packages = new String[above.length];
        for (int i = 0; i < above.length; i++) {
            packages[i] = "io.plimsoll." + above[i] + "..";
        }
        noClasses()
                .that()
                .resideInAPackage("io.plimsoll." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(classes);
    }
}
