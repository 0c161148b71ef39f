package io.foretide;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.RequestMapping;

@AnalyzeClasses(packages = "io.foretide", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheNetworkKnowsDeeplearning4j = noClasses()
            .that()
            .resideOutsideOfPackage("io.foretide.network..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule theKernelUsesNothingButTheJdk = classes()
            .that()
            .resideInAPackage("io.foretide.kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.foretide.kernel..",
                    "java..",
                    "jdk.incubator.vector..",
                    "org.jspecify..",
                    "org.springframework.modulith");

    @ArchTest
    static final ArchRule onlyTheKernelUsesTheVectorApi = noClasses()
            .that()
            .resideOutsideOfPackage("io.foretide.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule theLibraryKnowsNoSpring = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.foretide.kernel..",
                    "io.foretide.reading..",
                    "io.foretide.series..",
                    "io.foretide.network..",
                    "io.foretide.text..",
                    "io.foretide.classification..",
                    "io.foretide.generation..",
                    "io.foretide.evaluation..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule controllersAreNobodysBusiness =
            classes().that().haveSimpleNameEndingWith("Controller").should().bePackagePrivate();

    @ArchTest
    static final ArchRule onlyControllersAnswerRequests = methods()
            .that()
            .areMetaAnnotatedWith(RequestMapping.class)
            .should()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Controller");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            fields().should().notBeAnnotatedWith(Autowired.class).andShould().notBeAnnotatedWith(Value.class);

    @ArchTest
    static final ArchRule timeComesFromAnInjectedClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    @ArchTest
    static final ArchRule nothingIsSerializedByJava = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectOutputStream");
}
