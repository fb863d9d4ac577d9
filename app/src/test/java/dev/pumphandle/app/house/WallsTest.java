package dev.pumphandle.app.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The walls between the modules, as docs/ARCHITECTURE.md states them.
class WallsTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.pumphandle");

  private static final String NULLNESS = "org.jspecify.annotations..";

  @Test
  void corefileImportsNothingSoThatOthersMayEmbedIt() {
    onlyDependOn("corefile");
  }

  @Test
  void labImportsNothingOfOursSoThatForgerAndReaderShareNoRuler() {
    onlyDependOn("lab");
  }

  @Test
  void epiKnowsNeitherBytesNorSqlNorIo() {
    noneOf("epi", "corefile", "stores", "fieldwork", "linelist", "registry", "app", "lab", "bench");
    noClasses()
        .that()
        .resideInAPackage("dev.pumphandle.epi..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "java.io..", "java.nio..", "java.net..")
        .check(HOUSE);
  }

  @Test
  void linelistKnowsNeitherBytesNorSql() {
    onlyDependOn("linelist");
  }

  @Test
  void storesHandOutBytesAndKnowNoMeanings() {
    noneOf("stores", "fieldwork", "linelist", "registry", "app", "lab");
  }

  @Test
  void eachCloudsSdkIsKnownToItsOwnModuleOnly() {
    sdkOnlyIn("azure", "com.azure..");
    sdkOnlyIn("s3", "software.amazon..");
    sdkOnlyIn("gcs", "com.google.auth..");
  }

  private static void sdkOnlyIn(String cloud, String sdk) {
    noClasses()
        .that()
        .resideInAPackage("dev.pumphandle..")
        .and()
        .resideOutsideOfPackage("dev.pumphandle.stores." + cloud + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(sdk)
        .check(HOUSE);
  }

  @Test
  void fieldworkRunsAnywhereAByteSourceCanBeHad() {
    noneOf("fieldwork", "stores", "registry", "app", "lab");
    noClasses()
        .that()
        .resideInAPackage("dev.pumphandle.fieldwork..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.sql..")
        .check(HOUSE);
  }

  @Test
  void registryOutlivesTheReader() {
    noneOf("registry", "corefile", "fieldwork", "stores", "app", "lab");
  }

  @Test
  void onlyTheCommandLineSpeaksToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.pumphandle.app..", "dev.pumphandle.bench..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(HOUSE);
  }

  @Test
  void noPackagesGoInCircles() {
    for (String door :
        new String[] {"corefile", "stores", "fieldwork", "registry", "linelist", "lab", "epi"}) {
      slices()
          .matching("dev.pumphandle." + door + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(HOUSE);
    }
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .check(HOUSE);
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..utils..", "..helper..", "..common..", "..impl..", "..manager..")
        .check(HOUSE);
  }

  private static void onlyDependOn(String door) {
    classes()
        .that()
        .resideInAPackage("dev.pumphandle." + door + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.pumphandle." + door + "..", "java..", NULLNESS)
        .check(HOUSE);
  }

  private static void noneOf(String door, String... others) {
    for (String other : others) {
      noClasses()
          .that()
          .resideInAPackage("dev.pumphandle." + door + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.pumphandle." + other + "..")
          .check(HOUSE);
    }
  }
}
