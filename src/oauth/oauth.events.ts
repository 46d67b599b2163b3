import type { OwnerType } from './applications/oauth-application.entity.js';

/** What the events tell of an application; never a secret. */
export interface ApplicationFacts {
  readonly id: number;
  readonly name: string;
  readonly clientId: string;
  readonly organizationId: number;
  readonly ownerType: OwnerType;
  readonly ownerId: number;
}

abstract class ApplicationEvent {
  constructor(
    readonly application: ApplicationFacts,
    readonly at: Date,
    /** The name of the person who did it. */
    readonly by: string,
  ) {}
}

export class OAuthApplicationCreated extends ApplicationEvent {}

export class OAuthApplicationActivated extends ApplicationEvent {}

export class OAuthApplicationDeactivated extends ApplicationEvent {}

export class OAuthApplicationDeleted extends ApplicationEvent {}

export class OAuthSecretAdded extends ApplicationEvent {}

/** A secret that is used for some time yet is about to expire: of its own accord, so nobody did it. */
export class OAuthSecretExpiring {
  readonly by = '';

  constructor(
    readonly application: ApplicationFacts,
    readonly at: Date,
    /** Its last four characters, and when it ends. */
    readonly secret: { readonly hint: string; readonly expiresAt: Date },
  ) {}
}
