package org.loupe.viewer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What of the viewer may know what: docs/developer-guide.md draws it. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.loupe");

  @Test
  void theEngineDoesNotKnowTheViewer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.loupe.viewer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.loupe.viewer..")
        .check(ALL);
  }

  /** A pane works without the panels, tools and layouts around it. */
  @Test
  void aPaneDoesNotKnowWhatIsAroundIt() {
    noClasses()
        .that()
        .resideInAPackage("org.loupe.viewer.viewport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.loupe.viewer.study..",
            "org.loupe.viewer.layout..",
            "org.loupe.viewer.tool..",
            "org.loupe.viewer.panel..",
            "org.loupe.viewer.measure..",
            "org.loupe.viewer.segment..",
            "org.loupe.viewer.export..",
            "org.loupe.viewer.prefs..")
        .check(ALL);
  }

  /** The viewer computes no pixels with networks itself: it asks the engine. */
  @Test
  void theViewerDoesNotKnowTheNetworksLibrary() {
    noClasses()
        .that()
        .resideInAPackage("org.loupe.viewer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(ALL);
  }
}
