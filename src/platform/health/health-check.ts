/** One thing that a process needs in order to answer; features extend it and so add to `/health/ready`. */
export abstract class HealthCheck {
  abstract readonly name: string;
  /** A degraded check is reported, and does not take the process out of service. */
  readonly critical: boolean = true;
  /** Throws, or answers a sentence, when something is wrong. */
  abstract check(): Promise<string | undefined>;
}
