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

export class OAuthTokenIssued {
  static readonly type = 'oauth_token.issued';

  constructor(readonly application: ApplicationFacts) {}
}

/** A token request that named a client and was refused. */
export class OAuthTokenRefused {
  static readonly type = 'oauth_token.refused';

  constructor(
    /** As it was sent, up to 255 characters; maybe no client's at all. */
    readonly clientId: string,
    /** A word for the log, such as `wrong_credentials` or `application_inactive`. */
    readonly reason: string,
    /** The client that it names, if there is one, whether or not the secret was right. */
    readonly application: ApplicationFacts | undefined,
  ) {}
}
