import { Injectable } from '@nestjs/common';
import { DAY, SECOND } from '../clock/index.js';

/** Every duration of the job machinery, in milliseconds. */
@Injectable()
export class JobTimings {
  /** How long a run counts as alive without a heartbeat. */
  lease = 15 * SECOND;
  beatEvery = 4 * SECOND;
  sweepEvery = 5 * SECOND;
  /** A due job that has not begun this long after its hand-over counts as lost by the queue. */
  handOverGrace = 20 * SECOND;
  /** How often the in-process queue looks at the rows when nobody wakes it. */
  idle = 1 * SECOND;
  /** How long a stopping process waits for what it runs. */
  stopWithin = 10 * SECOND;
  keepDone = 7 * DAY;
  keepFailed = 30 * DAY;
}
