import { Clock } from '../../../src/platform/clock/index.js';

/** A clock that stands still until a test moves it. */
export class TestClock extends Clock {
  private time = new Date('2026-11-23T12:00:00.000Z').getTime();

  override now(): Date {
    return new Date(this.time);
  }

  forward(milliseconds: number): void {
    this.time += milliseconds;
  }
}
