import type { OwnerType } from './oauth-application.entity.js';

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

export class OAuthApplicationCreated extends ApplicationEvent {
  static readonly type = 'oauth_application.created';
}

export class OAuthApplicationActivated extends ApplicationEvent {
  static readonly type = 'oauth_application.activated';
}

export class OAuthApplicationDeactivated extends ApplicationEvent {
  static readonly type = 'oauth_application.deactivated';
}

export class OAuthApplicationDeleted extends ApplicationEvent {
  static readonly type = 'oauth_application.deleted';
}

export class OAuthSecretAdded extends ApplicationEvent {
  static readonly type = 'oauth_application.secret_added';
}

/** A secret that is used for some time yet is about to expire: of its own accord, so nobody did it. */
export class OAuthSecretExpiring {
  static readonly type = 'oauth_application.secret_expiring';
  readonly by = '';

  constructor(
    readonly application: ApplicationFacts,
    readonly at: Date,
    /** Its last four characters, and when it ends. */
    readonly secret: { readonly hint: string; readonly expiresAt: Date },
  ) {}
}
