/** What an act on a consent tells its listeners. */
abstract class ConsentDecided {
  constructor(
    readonly organizationId: number,
    readonly customerUserId: number,
    readonly consentId: number,
    /** As the person read it. */
    readonly name: string,
    readonly version: number,
    readonly mandatory: boolean,
    readonly at: Date,
  ) {}
}

export class ConsentAccepted extends ConsentDecided {}

export class ConsentWithdrawn extends ConsentDecided {}
