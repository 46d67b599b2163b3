import { Injectable } from '@nestjs/common';
import { WebsiteUse } from '../organizations/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { ConsentWebsite } from './consent.entity.js';

/** Keeps a website that a consent names: without its last one, the consent would be asked for everywhere. */
@Injectable()
export class ConsentWebsites extends WebsiteUse {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  uses(websiteId: number): Promise<boolean> {
    return this.work.repository(ConsentWebsite).existsBy({ websiteId });
  }
}
