import { Injectable } from '@nestjs/common';
import {
  OAuthApplicationActivated,
  OAuthApplicationCreated,
  OAuthApplicationDeactivated,
  OAuthApplicationDeleted,
  OAuthSecretAdded,
  OAuthSecretExpiring,
} from '../../oauth/index.js';
import { ListensTo } from '../../platform/events/index.js';
import { ApplicationOccurrences } from './application-occurrences.js';
import { Notifier } from '../notifier.js';

/** Tells rules of the applications that can act for people. */
@Injectable()
export class OAuthMails {
  constructor(
    private readonly notifier: Notifier,
    private readonly occurrences: ApplicationOccurrences,
  ) {}

  @ListensTo(OAuthApplicationCreated)
  async created(event: OAuthApplicationCreated): Promise<void> {
    await this.notifier.notify(this.occurrences.of('oauth_application.created', event));
  }

  @ListensTo(OAuthSecretAdded)
  async secretAdded(event: OAuthSecretAdded): Promise<void> {
    await this.notifier.notify(this.occurrences.of('oauth_application.secret_added', event));
  }

  @ListensTo(OAuthApplicationActivated)
  async activated(event: OAuthApplicationActivated): Promise<void> {
    await this.notifier.notify(this.occurrences.of('oauth_application.activated', event));
  }

  @ListensTo(OAuthApplicationDeactivated)
  async deactivated(event: OAuthApplicationDeactivated): Promise<void> {
    await this.notifier.notify(this.occurrences.of('oauth_application.deactivated', event));
  }

  @ListensTo(OAuthApplicationDeleted)
  async deleted(event: OAuthApplicationDeleted): Promise<void> {
    await this.notifier.notify(this.occurrences.of('oauth_application.deleted', event));
  }

  @ListensTo(OAuthSecretExpiring)
  async secretExpiring(event: OAuthSecretExpiring): Promise<void> {
    await this.notifier.notify(this.occurrences.of('oauth_application.secret_expiring', event));
  }
}
