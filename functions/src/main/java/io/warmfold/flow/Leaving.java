package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a lane ends: what becomes of its instances, and that the other lanes can know of it. */
final class Leaving {

  private final Parts parts;
  private final Pools pools;

  Leaving(Parts parts, Pools pools) {
    this.parts = parts;
    this.pools = pools;
  }

  /** The instances go back unless the final training is about to use them. */
  ObjectNode withoutWork(Lane.Request request, Progress progress, LastPool pool) {
    var now = parts.clock().instant();
    var over = progress.over(now);
    if (progress.trainsNext(now)) {
      leaveOne(request);
    } else if (over && progress.study().keepsWarm()) {
      // Lanes that wait to try a start again will not, and cannot know that yet.
      pools.releaseWithAllOthers(request.study(), request.lastJob(), pool);
    } else {
      pools.release(request.study(), request.lastJob(), pool);
    }
    return over ? done() : goodbye(request);
  }

  /** For all lanes to be started again; only the last one to end leaves its instances to them. */
  ObjectNode callOthers(Lane.Request request, Progress progress, LastPool pool) {
    if (progress.study().keepsWarm()) {
      if (toCome(request, progress) > 1) {
        pools.release(request.study(), request.lastJob(), pool);
      } else {
        leaveOne(request);
      }
    }
    return goodbye(request);
  }

  /** For the lane that takes its place, which will use its instances. */
  ObjectNode atLastTurn(Lane.Request request) {
    return goodbye(request);
  }

  /**
   * How many lanes of the round have not ended, those that have not begun and take the place of one
   * that ends included. A lane that broke down is taken for one of them.
   */
  int toCome(Lane.Request request, Progress progress) {
    int left = parts.ledger().rounds().left(request.study(), request.execution(), request.round());
    return Math.max(1, Opening.lanes(progress.document(), progress.slots()) - left);
  }

  /** The last that a lane does, for one that fails before may yet find work. */
  private ObjectNode goodbye(Lane.Request request) {
    parts
        .ledger()
        .rounds()
        .leave(request.study(), request.execution(), request.round(), request.lane());
    return done();
  }

  private void leaveOne(Lane.Request request) {
    request.lastJob().ifPresent(job -> pools.leaveOne(request.study(), job));
  }

  /** The answer that ends a lane. */
  static ObjectNode done() {
    return JsonNodeFactory.instance.objectNode().put("Action", "Done");
  }
}
