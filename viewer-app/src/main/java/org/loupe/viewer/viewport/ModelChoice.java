package org.loupe.viewer.viewport;

import java.nio.file.Path;
import javafx.beans.property.ObjectProperty;
import javafx.collections.ObservableList;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;

/** Which model works, and which one it is compared with. Changes take hold at once. FX thread. */
public interface ModelChoice {

  /** The models at hand. */
  ObservableList<ModelPackage> available();

  /** The model at work. */
  ObjectProperty<ModelPackage> chosenProperty();

  /** The model of {@link Picture#OTHER_MODEL}; null for none. */
  ObjectProperty<ModelPackage> otherProperty();

  /**
   * Adds the package of a folder to those at hand, unless it is one of them.
   *
   * @return the package
   * @throws ModelException where there is none
   */
  ModelPackage add(Path folder) throws ModelException;
}
