import { performance } from 'node:perf_hooks';

/** Milliseconds for which a write that Redis took proves that it takes writes. */
export const PROVED_FOR = 1_000;
const RENEWED_AFTER = PROVED_FOR / 4;

/**
 * Redis may answer and take no writes: when it is full, a replica, or set so. Then it tells nobody of changes, and what it says is believed
 * by nobody who has not had something written a moment ago.
 */
export class WriteProof {
  private writtenAt = Number.NEGATIVE_INFINITY;
  private writing: Promise<boolean> | undefined;

  /** `write` answers whether Redis has taken something, whatever it is. */
  constructor(private readonly write: () => Promise<boolean>) {}

  /** Whether Redis took a write that began less than {@link PROVED_FOR} ago; tries one before that is over. */
  holds(): true | Promise<boolean> {
    const age = performance.now() - this.writtenAt;
    if (age <= RENEWED_AFTER) return true;
    this.writing ??= this.renew();
    return age < PROVED_FOR || this.writing;
  }

  private async renew(): Promise<boolean> {
    const begun = performance.now();
    const taken = await this.write();
    if (taken) this.writtenAt = begun;
    this.writing = undefined;
    return taken;
  }
}
