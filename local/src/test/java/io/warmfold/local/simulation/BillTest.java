package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.local.simulation.Meter.Item;
import org.junit.jupiter.api.Test;

/** What is billed, and when. */
class BillTest {

  @Test
  void provisioningIsNotBilledAndEverythingAfterItIs() {
    Conditions conditions = Conditions.standard(1);
    assertThat(StartUp.of(conditions, false)).isEqualTo(new StartUp(160, 20));
    assertThat(StartUp.of(conditions, true)).isEqualTo(new StartUp(0, 20));
    assertThat(StartUp.of(conditions, false).total()).isEqualTo(180);
  }

  @Test
  void aColdStartIsNeverLongerThanItIs() {
    Conditions slowWarm = new Conditions(1, 10, 30, 120, 0, 1, 0, 0, 10);
    assertThat(StartUp.of(slowWarm, false)).isEqualTo(new StartUp(0, 10));
  }

  @Test
  void theMeterKnowsTheBillOfEveryMoment() {
    Meter meter = new Meter();
    Meter.Span training = meter.begin(Item.TRAINING, 2, 10);
    meter.begin(Item.START_UP, 1, 0).end(10);
    meter.begin(Item.WARM_IDLE, 1, 30);
    training.end(30);
    training.end(50);
    assertThat(meter.at(0)).isEqualTo(Bill.NONE);
    assertThat(meter.at(20)).isEqualTo(new Bill(20, 10, 0));
    assertThat(meter.at(35)).isEqualTo(new Bill(40, 10, 5));
    assertThat(meter.at(35).total()).isEqualTo(55);
    assertThat(meter.at(20).plus(meter.at(35))).isEqualTo(new Bill(60, 20, 5));
  }
}
