import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';

import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { EmailTemplate } from './email-template.entity.js';
import { TEMPLATE_NAMES } from './template-samples.js';

/** The templates that ship with the product, in every organization. What they say stays in the files until somebody edits it. */
@Injectable()
export class TemplateFoundation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async lay(organizationIds: readonly number[]): Promise<void> {
    const templates = this.work.repository(EmailTemplate);
    const there = await templates.find({
      select: { organizationId: true, name: true },
      where: { organizationId: In(organizationIds), name: In(TEMPLATE_NAMES) },
    });
    const known = new Set(there.map(({ organizationId, name }) => `${organizationId} ${name}`));
    const now = this.clock.now();
    const missing = organizationIds.flatMap((organizationId) =>
      TEMPLATE_NAMES.filter((name) => !known.has(`${organizationId} ${name}`)).map((name) => ({
        organizationId,
        name,
        createdAt: now,
        updatedAt: now,
        version: 1,
      })),
    );
    if (missing.length > 0) await templates.createQueryBuilder().insert().values(missing).updateEntity(false).execute();
  }

  async clear(organizationId: number): Promise<void> {
    await this.work.repository(EmailTemplate).delete({ organizationId, name: In(TEMPLATE_NAMES) });
  }
}
