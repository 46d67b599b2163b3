import { Injectable } from '@nestjs/common';
import { customerUserSubjects } from '../../customer-users/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Memory, type Subject, subject } from '../../platform/revisions/index.js';
import { userSubjects } from '../../users/index.js';
import { ApplicationStanding, type Standing } from './application-standing.js';
import { OAuthApplication } from './oauth-application.entity.js';
import { OAuthSecret } from './oauth-secret.entity.js';

/** Which application a client id stands for, and whose it is: that never changes, and no client id is given twice. */
type Named = Pick<OAuthApplication, 'id' | 'ownerType' | 'ownerId'>;

/** An application with its secrets, and whether it may act. */
export interface KnownClient {
  readonly application: OAuthApplication;
  readonly secrets: readonly OAuthSecret[];
  readonly standing: Standing;
}

/** Client ids whose applications are not looked up again. */
const MOST = 10_000;

/** Applications by client id, read again only when something of them, their secrets, owner or organization has changed. */
@Injectable()
export class KnownClients {
  private readonly names = new Map<string, Named>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly memory: Memory,
    private readonly standings: ApplicationStanding,
  ) {}

  async find(clientId: string): Promise<KnownClient | undefined> {
    const named = await this.named(clientId);
    return named && this.memory.recall(`client ${clientId}`, subjectsOf(named), () => this.read(named));
  }

  /** What the standing of a client depends on; `undefined` when there never was one of that id. */
  async subjects(clientId: string): Promise<Subject[] | undefined> {
    const named = await this.named(clientId);
    return named && subjectsOf(named);
  }

  private async named(clientId: string): Promise<Named | undefined> {
    const known = this.names.get(clientId);
    if (known) return known;
    const found = await this.work.repository(OAuthApplication).findOneBy({ clientId });
    // Databases may ignore spaces at the end.
    if (found?.clientId !== clientId) return undefined;
    if (this.names.size >= MOST) this.names.clear();
    const { id, ownerType, ownerId } = found;
    this.names.set(clientId, { id, ownerType, ownerId });
    return found;
  }

  private async read({ id }: Named): Promise<KnownClient | undefined> {
    const application = await this.work.repository(OAuthApplication).findOneBy({ id });
    if (!application) return undefined;
    const secrets = await this.work.repository(OAuthSecret).findBy({ applicationId: id });
    return { application, secrets, standing: await this.standings.of(application) };
  }
}

function subjectsOf({ id, ownerType, ownerId }: Named): Subject[] {
  const owner = ownerType === 'user' ? userSubjects(ownerId) : customerUserSubjects(ownerId);
  return [subject('oauth-application', id), ...owner];
}
