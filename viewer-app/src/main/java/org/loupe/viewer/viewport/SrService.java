package org.loupe.viewer.viewport;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SrScheduler;

/** Super-resolution as a pane asks for it. FX thread. */
public interface SrService {

  /** Asks for a view; it takes the place of the owner's older request. */
  void request(Object owner, SrScheduler.Request request, SrScheduler.Listener listener);

  /** Says which slices the owner may want next, to be prepared when nothing else is to be done. */
  void expect(Object owner, List<SrScheduler.Upcoming> slices);

  /** Drops the owner's request, if it has one. */
  void cancel(Object owner);

  /** The model and device at work; null until the engine has been opened. */
  ReadOnlyObjectProperty<ModelInfo> model();

  /** Identity of the model that answers, as soon as it is chosen: results belong to one of it. */
  default String key() {
    return "";
  }

  /** The model to compare with; null where none is chosen. */
  default SrService other() {
    return null;
  }

  /** The models to choose from; null where there is no choice. */
  default ModelChoice choice() {
    return null;
  }
}
