package org.loupe.viewer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.threads.Background;
import org.loupe.viewer.viewport.ModelChoice;
import org.loupe.viewer.viewport.SrService;

/**
 * The models at hand and the engines that run two of them: the one at work and the one to compare
 * with. A model is changed while images are on the screen: its engine is replaced, the old one ends
 * in the background, and panes ask the new one because its key is another. FX thread.
 */
public final class Models implements SrService, ModelChoice, AutoCloseable {

  /** Makes the service of a model; it opens its engine at the first request. */
  interface Opener {
    EngineService open(ModelPackage model, boolean forComparing);
  }

  private final ObservableList<ModelPackage> available = FXCollections.observableArrayList();
  private final ObjectProperty<ModelPackage> chosen = new SimpleObjectProperty<>(this, "chosen");
  private final ObjectProperty<ModelPackage> other = new SimpleObjectProperty<>(this, "other");
  private final ReadOnlyObjectWrapper<ModelInfo> model = new ReadOnlyObjectWrapper<>(this, "model");
  private final Slot atWork;
  private final Slot compared;

  /** Ending an engine waits for the tile in progress. */
  private final ExecutorService ending = Background.single("engine-end");

  /**
   * @param available models to choose from
   * @param first the one at work; it need not be one of them
   */
  Models(List<ModelPackage> available, ModelPackage first, Opener opener) {
    List<ModelPackage> all = new ArrayList<>(available);
    if (all.stream().noneMatch(m -> keyOf(m).equals(keyOf(first)))) {
      all.add(0, first);
    }
    this.available.setAll(all);
    atWork = new Slot(opener, false, model);
    compared = new Slot(opener, true, new ReadOnlyObjectWrapper<>());
    chosen.subscribe(atWork::run);
    other.subscribe(compared::run);
    chosen.set(first);
    all.stream().filter(m -> !keyOf(m).equals(keyOf(first))).findFirst().ifPresent(other::set);
  }

  private static String keyOf(ModelPackage model) {
    return model == null
        ? ""
        : model.folder().toAbsolutePath().normalize() + "@" + model.manifest().version();
  }

  @Override
  public ObservableList<ModelPackage> available() {
    return available;
  }

  @Override
  public ObjectProperty<ModelPackage> chosenProperty() {
    return chosen;
  }

  @Override
  public ObjectProperty<ModelPackage> otherProperty() {
    return other;
  }

  @Override
  public ModelPackage add(Path folder) throws ModelException {
    ModelPackage opened = ModelPackage.open(folder);
    for (ModelPackage known : available) {
      if (keyOf(known).equals(keyOf(opened))) {
        return known;
      }
    }
    available.add(opened);
    if (other.get() == null) {
      other.set(opened);
    }
    return opened;
  }

  @Override
  public void request(Object owner, SrScheduler.Request request, SrScheduler.Listener listener) {
    atWork.request(owner, request, listener);
  }

  @Override
  public void expect(Object owner, List<SrScheduler.Upcoming> slices) {
    atWork.expect(owner, slices);
  }

  @Override
  public void cancel(Object owner) {
    atWork.cancel(owner);
  }

  @Override
  public ReadOnlyObjectProperty<ModelInfo> model() {
    return model.getReadOnlyProperty();
  }

  @Override
  public String key() {
    return atWork.key();
  }

  @Override
  public SrService other() {
    return other.get() == null ? null : compared;
  }

  @Override
  public ModelChoice choice() {
    return this;
  }

  /** Ends all engines. */
  @Override
  public void close() {
    atWork.end();
    compared.end();
    ending.close();
  }

  /** Room for one engine. */
  private final class Slot implements SrService {
    private final Opener opener;
    private final boolean forComparing;
    private final ReadOnlyObjectWrapper<ModelInfo> info;
    private EngineService engine;
    private Subscription told = Subscription.EMPTY;
    private String key = "";

    Slot(Opener opener, boolean forComparing, ReadOnlyObjectWrapper<ModelInfo> info) {
      this.opener = opener;
      this.forComparing = forComparing;
      this.info = info;
    }

    /** Runs another model from now on; null for none. */
    void run(ModelPackage next) {
      if (keyOf(next).equals(key)) {
        return;
      }
      end();
      info.set(null);
      key = keyOf(next);
      engine = next == null ? null : opener.open(next, forComparing);
      told = engine == null ? Subscription.EMPTY : engine.model().subscribe(info::set);
    }

    void end() {
      told.unsubscribe();
      told = Subscription.EMPTY;
      EngineService old = engine;
      engine = null;
      key = "";
      if (old != null) {
        ending.execute(old::close);
      }
    }

    @Override
    public void request(Object owner, SrScheduler.Request request, SrScheduler.Listener listener) {
      if (engine != null) {
        engine.request(owner, request, listener);
      }
    }

    @Override
    public void expect(Object owner, List<SrScheduler.Upcoming> slices) {
      if (engine != null) {
        engine.expect(owner, slices);
      }
    }

    @Override
    public void cancel(Object owner) {
      if (engine != null) {
        engine.cancel(owner);
      }
    }

    @Override
    public ReadOnlyObjectProperty<ModelInfo> model() {
      return info.getReadOnlyProperty();
    }

    @Override
    public String key() {
      return key;
    }
  }
}
