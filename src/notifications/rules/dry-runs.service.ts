import { Injectable } from '@nestjs/common';
import { Composer } from '../composer.js';
import { type Tried, tryOut } from './conditions.js';
import type { DryRunDraft, DryRunView, TriedMailView } from './dry-runs.dto.js';
import { EmailTemplatesRepository } from '../email-templates/email-templates.repository.js';
import type { EventName } from '../occurrences/events.js';
import { NotificationRulesRepository } from './notification-rules.repository.js';
import { Notifier } from '../notifier.js';
import type { Addressee, Occurrence } from '../occurrences/occurrence.js';
import { RenderingFailed } from '../rendering/rendering.js';
import { type ListeningRule, listeningRule } from './rule-book.js';
import { TriedOccurrences } from './tried-occurrences.js';

/** Says what a rule would do, and does nothing. */
@Injectable()
export class DryRuns {
  constructor(
    private readonly rules: NotificationRulesRepository,
    private readonly templates: EmailTemplatesRepository,
    private readonly occurrences: TriedOccurrences,
    private readonly notifier: Notifier,
    private readonly composer: Composer,
  ) {}

  async run(id: number, { recordId }: DryRunDraft): Promise<DryRunView> {
    const row = await this.rules.get(id);
    const template = await this.templates.find({ id: row.templateId }, row.organizationId);
    const rule = listeningRule({ ...row, templateName: template?.name ?? '' });
    const event = row.event as EventName;
    const occurrence = await this.occurrences.of(event, row.organizationId, recordId ?? null);
    const conditions: Tried[] = [];
    for (const condition of row.conditions) conditions.push(await tryOut(condition, (path) => occurrence.find(path)));
    const holds = conditions.every((condition) => condition.holds);
    const mails = holds ? await this.mails(rule, occurrence) : [];
    return { event, recordId: recordId ?? null, active: row.active, conditions, holds, mails };
  }

  private async mails(rule: ListeningRule, occurrence: Occurrence): Promise<TriedMailView[]> {
    const mails: TriedMailView[] = [];
    for (const { recipient, to, reason } of await this.notifier.reach(rule, occurrence)) {
      const common = { recipient, template: rule.template.name };
      if (reason !== null) mails.push({ ...common, to: null, reason, localizationId: rule.localizationId, subject: null });
      for (const addressee of to) {
        const localizationId = rule.localizationId ?? addressee.localizationId ?? null;
        const subject = await this.subject(rule, occurrence, addressee, localizationId);
        mails.push({ ...common, to: { name: addressee.name, address: addressee.address }, reason: null, localizationId, subject });
      }
    }
    return mails;
  }

  private async subject(
    { template }: ListeningRule,
    occurrence: Occurrence,
    { customerUserId }: Addressee,
    localizationId: number | null,
  ): Promise<string | null> {
    const { organizationId, event, recordId } = occurrence.parts;
    const facts = (await occurrence.facts()) ?? {};
    const mail = { organizationId, event, recordId, localizationId, template: template.name, templateId: template.id };
    try {
      const composition = await this.composer.compose({ ...mail, customerUserId: customerUserId ?? null }, facts);
      return composition.render(facts).subject;
    } catch (error) {
      if (error instanceof RenderingFailed) return null;
      throw error;
    }
  }
}
