package org.loupe.viewer;

import java.util.List;
import java.util.concurrent.Callable;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.SuperResolver;
import org.loupe.viewer.viewport.SrService;

/** The engine behind the panes. It is opened by its first request, on the inference thread. */
public final class EngineService implements SrService, AutoCloseable {

  private final SrScheduler scheduler;
  private final ReadOnlyObjectWrapper<ModelInfo> model = new ReadOnlyObjectWrapper<>(this, "model");

  /**
   * @param opener opens the engine with the model that ships
   * @param cacheBytes most memory for computed tiles
   */
  public EngineService(Callable<SuperResolver> opener, long cacheBytes, Milestones milestones) {
    scheduler =
        new SrScheduler(
            () -> {
              SuperResolver engine = opener.call();
              milestones.pass("engine ready");
              engine.whenMoved(moved -> Platform.runLater(() -> model.set(moved)));
              ModelInfo info = engine.info();
              Platform.runLater(() -> model.set(info));
              return engine;
            },
            cacheBytes);
  }

  @Override
  public void request(Object owner, SrScheduler.Request request, SrScheduler.Listener listener) {
    scheduler.request(owner, request, listener);
  }

  @Override
  public void expect(Object owner, List<SrScheduler.Upcoming> slices) {
    scheduler.expect(owner, slices);
  }

  @Override
  public void cancel(Object owner) {
    scheduler.cancel(owner);
  }

  @Override
  public ReadOnlyObjectProperty<ModelInfo> model() {
    return model.getReadOnlyProperty();
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
