package dev.lowland.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The shape of the whole library: which module and which package may know which. */
@ArchTag("slow")
@AnalyzeClasses(packages = "dev.lowland", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** As many classes as a package of main sources may have. */
    private static final int MOST_CLASSES = 25;

    /** One file an op, and no concept to split them by. */
    private static final String CROWDED = "dev.lowland.autodiff.op";

    private static final String[] LIBRARY = {"dev.lowland.core..", "dev.lowland.autodiff..", "dev.lowland.optim.."};

    @ArchTest
    static final ArchRule modulesPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("dev.lowland.core..")
            .layer("autodiff")
            .definedBy("dev.lowland.autodiff..")
            .layer("optim")
            .definedBy("dev.lowland.optim..")
            .layer("theory")
            .definedBy("dev.lowland.theory..")
            .layer("cli")
            .definedBy("dev.lowland.cli..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("autodiff")
            .mayOnlyAccessLayers("core")
            .whereLayer("optim")
            .mayOnlyAccessLayers("core", "autodiff")
            .whereLayer("theory")
            .mayOnlyAccessLayers("core", "autodiff", "optim")
            .whereLayer("cli")
            .mayOnlyAccessLayers("core", "autodiff", "optim", "theory");

    @ArchTest
    static final ArchRule whatAnOpMeansKnowsNotHowItIsLowered = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("lane code")
            .definedBy("dev.lowland.core.lane..")
            .layer("graph")
            .definedBy("dev.lowland.autodiff.graph")
            .layer("lowering")
            .definedBy("dev.lowland.autodiff.lowering")
            .layer("op")
            .definedBy("dev.lowland.autodiff.op")
            .layer("transform")
            .definedBy("dev.lowland.autodiff.transform")
            .layer("program")
            .definedBy("dev.lowland.autodiff.program")
            .whereLayer("graph")
            .mayNotAccessAnyLayer()
            .whereLayer("lowering")
            .mayOnlyAccessLayers("graph", "lane code")
            .whereLayer("op")
            .mayOnlyAccessLayers("graph", "lowering", "lane code")
            .whereLayer("transform")
            .mayOnlyAccessLayers("graph", "op")
            .whereLayer("program")
            .mayOnlyAccessLayers("graph", "lowering", "op", "lane code");

    @ArchTest
    static final ArchRule thePartsOfAClaimKnowNoClaims = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("claim")
            .definedBy("dev.lowland.theory.claim")
            .layer("experiment")
            .definedBy("dev.lowland.theory.experiment")
            .layer("trial")
            .definedBy("dev.lowland.theory.claims.trial")
            .layer("rooms")
            .definedBy(resideInAPackage("dev.lowland.theory.claims.*")
                    .and(not(resideInAPackage("dev.lowland.theory.claims.trial"))))
            .layer("list")
            .definedBy("dev.lowland.theory.claims")
            .layer("ledger")
            .definedBy("dev.lowland.theory.ledger")
            .layer("arbitrary")
            .definedBy("dev.lowland.theory.arbitrary")
            .whereLayer("claim")
            .mayNotAccessAnyLayer()
            .whereLayer("experiment")
            .mayOnlyAccessLayers("claim")
            .whereLayer("trial")
            .mayOnlyAccessLayers("claim", "experiment")
            .whereLayer("rooms")
            .mayOnlyAccessLayers("claim", "experiment", "trial")
            .whereLayer("list")
            .mayOnlyAccessLayers("claim", "rooms")
            .whereLayer("ledger")
            .mayOnlyAccessLayers("claim", "list")
            .whereLayer("arbitrary")
            .mayOnlyAccessLayers("claim", "experiment");

    @ArchTest
    static final ArchRule roomsOfClaimsAreApart = slices().matching("dev.lowland.theory.claims.(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.lowland.theory.claims.trial"));

    @ArchTest
    static final ArchRule jqwikIsForTheArbitraries = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lowland.theory.arbitrary")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.jqwik..");

    @ArchTest
    static final ArchRule chartsFilesAndOptionsAreForTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lowland.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "picocli..", "com.fasterxml.jackson..", "me.tongfei.progressbar..", "de.siegmar.fastcsv..");

    @ArchTest
    static final ArchRule formatsOfFilesKnowNoProblems = noClasses()
            .that()
            .resideInAPackage("dev.lowland.cli.data")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.lowland.cli..").and(not(resideInAPackage("dev.lowland.cli.data"))));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.lowland.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheVectorKernelsKnowTheIncubator = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lowland.core.kernel.vector..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule kernelsAreADoorAContractAndTwoTwins = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("door")
            .definedBy("dev.lowland.core.kernel")
            .layer("contract")
            .definedBy("dev.lowland.core.kernel.contract")
            .layer("scalar")
            .definedBy("dev.lowland.core.kernel.scalar")
            .layer("vector")
            .definedBy("dev.lowland.core.kernel.vector")
            .layer("loops")
            .definedBy(
                    "dev.lowland.core.kernel.vector.matrix",
                    "dev.lowland.core.kernel.vector.lanes",
                    "dev.lowland.core.kernel.vector.image",
                    "dev.lowland.core.kernel.vector.function",
                    "dev.lowland.core.kernel.vector.random",
                    "dev.lowland.core.kernel.vector.array")
            .layer("machine")
            .definedBy("dev.lowland.core.kernel.vector.machine")
            .layer("adaptive")
            .definedBy("dev.lowland.core.kernel.adaptive")
            .whereLayer("door")
            .mayOnlyAccessLayers("adaptive", "scalar", "contract")
            .whereLayer("adaptive")
            .mayOnlyAccessLayers("scalar", "contract")
            .whereLayer("contract")
            .mayNotAccessAnyLayer()
            .whereLayer("scalar")
            .mayOnlyAccessLayers("contract")
            .whereLayer("vector")
            .mayOnlyAccessLayers("loops", "machine", "scalar", "contract")
            .whereLayer("loops")
            .mayOnlyAccessLayers("machine", "scalar", "contract")
            .whereLayer("machine")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule roomsOfVectorsDoNotKnowEachOther = slices().matching("dev.lowland.core.kernel.vector.(*)..")
            .namingSlices("$1")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.lowland.core.kernel.vector.machine"));

    @ArchTest
    static final ArchRule kernelsAreReachedThroughTheirDoorAndContract = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lowland.core.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lowland.core.kernel.adaptive..",
                    "dev.lowland.core.kernel.scalar..",
                    "dev.lowland.core.kernel.vector..");

    @ArchTest
    static final ArchRule theLibraryNeedsNothingButEjmlAndAsm = classes()
            .that()
            .resideInAnyPackage(LIBRARY)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.lowland..",
                    "java.lang..",
                    "java.util..",
                    "java.io..",
                    "java.nio..",
                    "java.security..",
                    "java.math..",
                    "java.time..",
                    "jdk.incubator.vector..",
                    "jdk.jfr..",
                    "org.ejml..",
                    "org.objectweb.asm..",
                    "org.jspecify.annotations.."))
            .as("no charts, JSON or command line below theory");

    @ArchTest
    static final ArchRule onlyEventsKnowTheRecorder = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lowland.optim.event")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jfr..");

    @ArchTest
    static final ArchRule thePartsOfAStepKnowNoSteps = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("part")
            .definedBy("dev.lowland.optim.part")
            .layer("schedule")
            .definedBy("dev.lowland.optim.schedule")
            .layer("batch")
            .definedBy("dev.lowland.optim.batch")
            .layer("rule")
            .definedBy("dev.lowland.optim.rule")
            .layer("objective")
            .definedBy("dev.lowland.optim.objective")
            .layer("noise")
            .definedBy("dev.lowland.optim.noise")
            .layer("gradient")
            .definedBy("dev.lowland.optim.gradient")
            .layer("event")
            .definedBy("dev.lowland.optim.event")
            .layer("sgd")
            .definedBy("dev.lowland.optim.sgd")
            .whereLayer("part")
            .mayNotAccessAnyLayer()
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("schedule")
            .mayOnlyAccessLayers("part")
            .whereLayer("batch")
            .mayOnlyAccessLayers("part")
            .whereLayer("rule")
            .mayOnlyAccessLayers("part", "schedule")
            .whereLayer("objective")
            .mayNotAccessAnyLayer()
            .whereLayer("noise")
            .mayOnlyAccessLayers("objective")
            .whereLayer("gradient")
            .mayOnlyAccessLayers("objective", "noise")
            .whereLayer("sgd")
            .mayOnlyAccessLayers("schedule", "batch", "rule", "objective", "noise", "gradient", "event");

    @ArchTest
    static final ArchRule onlyTwoRoomsMakeClasses = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lowland.core.lane..", "dev.lowland.core.fixed..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.objectweb.asm..");

    @ArchTest
    static final ArchRule theLibraryIsSilent =
            noClasses().that().resideInAnyPackage(LIBRARY).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule theLibraryKeepsNothingInThreads = noClasses()
            .that()
            .resideInAnyPackage(LIBRARY)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class);

    @ArchTest
    static final ArchRule noStateIsGlobal = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(LIBRARY)
            .should()
            .beFinal();

    @ArchTest
    static void packagesSayWhatTheyAreFor(JavaClasses imported) {
        List<String> without = packages(imported.getPackage("dev.lowland"))
                .filter(p -> p.getClasses().stream().anyMatch(ArchitectureTest::isWritten))
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();

        assertTrue(without.isEmpty(), () -> "package-info.java with @NullMarked is missing in " + without);
    }

    @ArchTest
    static void packagesAreNotCrowded(JavaClasses imported) {
        List<String> crowded = packages(imported.getPackage("dev.lowland"))
                .filter(p -> !p.getName().equals(CROWDED))
                .filter(p -> p.getClasses().stream()
                                .filter(ArchitectureTest::isWritten)
                                .count()
                        > MOST_CLASSES)
                .map(JavaPackage::getName)
                .toList();

        assertTrue(crowded.isEmpty(), () -> "more than " + MOST_CLASSES + " classes in " + crowded);
    }

    /**
     * Whether a file of its own was written for a class: arrays are classes too, and compilers add some with $ in their
     * names.
     */
    private static boolean isWritten(JavaClass type) {
        return !type.isArray()
                && !type.getName().contains("$")
                && !type.getSimpleName().equals("package-info");
    }

    private static Stream<JavaPackage> packages(JavaPackage parent) {
        return Stream.concat(Stream.of(parent), parent.getSubpackages().stream().flatMap(ArchitectureTest::packages));
    }
}
