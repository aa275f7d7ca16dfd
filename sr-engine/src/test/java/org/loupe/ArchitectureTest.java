package org.loupe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The arrows between the engine's packages point one way: docs/developer-guide.md draws them. */
class ArchitectureTest {

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.loupe");

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("image")
        .definedBy("org.loupe.image..")
        .layer("dicom")
        .definedBy("org.loupe.dicom", "org.loupe.dicom.codec..", "org.loupe.dicom.deidentify..")
        .layer("nifti")
        .definedBy("org.loupe.nifti..")
        .layer("model")
        .definedBy("org.loupe.sr.model..")
        .layer("prior")
        .definedBy("org.loupe.sr.prior..")
        .layer("remote")
        .definedBy("org.loupe.sr.remote..")
        .layer("sr")
        .definedBy("org.loupe.sr")
        .layer("study")
        .definedBy("org.loupe.study..")
        .layer("train")
        .definedBy("org.loupe.sr.train..")
        .layer("eval")
        .definedBy("org.loupe.sr.eval..")
        .layer("batch")
        .definedBy("org.loupe.sr.batch..")
        .layer("cli")
        .definedBy("org.loupe.sr.cli..", "org.loupe.dicom.cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("batch")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("eval")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("train")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("study")
        .mayOnlyBeAccessedByLayers("cli", "batch")
        .whereLayer("sr")
        .mayOnlyBeAccessedByLayers("cli", "batch", "eval", "train", "study")
        .whereLayer("remote")
        .mayOnlyBeAccessedByLayers("sr", "cli")
        .whereLayer("remote")
        .mayNotAccessAnyLayer()
        .whereLayer("prior")
        .mayOnlyBeAccessedByLayers("sr", "eval", "train", "cli")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("prior", "sr", "study", "batch", "eval", "train", "cli")
        .whereLayer("dicom")
        .mayOnlyBeAccessedByLayers("study", "train", "cli")
        .whereLayer("nifti")
        .mayOnlyBeAccessedByLayers("study", "train", "eval", "batch", "cli")
        .whereLayer("image")
        .mayNotAccessAnyLayer()
        .check(ENGINE);
  }

  @Test
  void theEngineKnowsNoWindow() {
    noClasses().should().dependOnClassesThat().resideInAPackage("javafx..").check(ENGINE);
  }

  /** A server is asked through one package, whatever it speaks. */
  @Test
  void callsOfServersStayInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.loupe.sr.remote..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "inference..")
        .check(ENGINE);
  }

  /** Slices come to it as arrays: it runs where there is no disk and no DICOM. */
  @Test
  void superResolutionKnowsNoFiles() {
    noClasses()
        .that()
        .resideInAPackage("org.loupe.sr")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(File.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Files.class)
        .check(ENGINE);
  }
}
