import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { OrganizationChoice } from '../../organizations/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { InvalidInput, type MemberFault } from '../../platform/errors/index.js';
import { History, type HistoryRules } from '../../platform/history/index.js';
import type { Checked } from '../../platform/http/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import type { Condition } from './conditions.js';
import { DEFAULT_RULES, isRuleCode } from './default-rules.js';
import { EmailTemplatesRepository } from '../email-templates/email-templates.repository.js';
import { ShippedRuleKept, shippedRuleFaults } from '../errors.js';
import { NotificationRule } from './notification-rule.entity.js';
import type { NotificationRuleChange, NotificationRuleDraft, NotificationRuleView } from './notification-rules.dto.js';
import { notificationRuleListing } from './notification-rules.listing.js';
import { NotificationRulesRepository } from './notification-rules.repository.js';
import { NotificationRulePermission } from '../permissions.js';
import { RecordRights } from '../occurrences/record-rights.js';
import { RuleFaults } from './rule-faults.js';

const MEMBERS = ['event', 'conditions', 'templateId', 'localizationId', 'recipients', 'active'] as const;

const HISTORY: HistoryRules<NotificationRule> = { entity: 'notification_rule', members: MEMBERS };

@Injectable()
export class NotificationRules {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: NotificationRulesRepository,
    private readonly templates: EmailTemplatesRepository,
    private readonly faults: RuleFaults,
    private readonly records: RecordRights,
    private readonly choice: OrganizationChoice,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<NotificationRuleView>> {
    const { rows, page } = await notificationRuleListing.page(this.rules.reached(), request);
    return { items: rows.map(viewOf), page };
  }

  async get(id: number): Promise<NotificationRuleView> {
    return viewOf(await this.rules.get(id));
  }

  /** Throws `InvalidInput` with the faults of the draft's form and those of its meaning. */
  create({ members, faults }: Checked<NotificationRuleDraft>): Promise<NotificationRuleView> {
    return this.work.run(async () => {
      const { organizationId: wanted, event, conditions = [], templateId, localizationId = null, active = true } = members;
      // Not there when they are malformed.
      const { recipients = [] } = members as Partial<NotificationRuleDraft>;
      const organizationId = await this.choice.choose(NotificationRulePermission.create, wanted, faults);
      const what = {
        organizationId,
        event,
        conditions: plain(conditions) as Condition[],
        templateId,
        localizationId,
        recipients: recipients.map(plain),
      };
      await this.refuse(what, faults);
      this.records.require(event);
      const now = this.clock.now();
      const rule = Object.assign(new NotificationRule(), { ...what, code: null, active, createdAt: now, updatedAt: now });
      const saved = await this.rules.save(rule);
      await this.history.created(HISTORY, saved);
      return viewOf(saved);
    });
  }

  /** The same for a change. */
  change(id: number, { members, faults }: Checked<NotificationRuleChange>): Promise<NotificationRuleView> {
    return this.work.run(async () => {
      const before = await this.rules.getForChange(id, NotificationRulePermission.edit);
      const given = MEMBERS.filter((member) => members[member] !== undefined).map((member) => [member, plain(members[member])] as const);
      const after = Object.assign(new NotificationRule(), before, Object.fromEntries(given));
      const changed = MEMBERS.filter((member) => !isDeepStrictEqual(after[member], before[member]));
      const known = [...faults, ...shippedRuleFaults(before.code, changed)];
      // Whatever of it fits no more, a rule can be switched off.
      const isOff = !after.active && changed.every((member) => member === 'active');
      if (!isOff) await this.refuse(after, known, isEssential(before));
      else if (known.length > 0) throw new InvalidInput(known);
      if (changed.length === 0) return viewOf(before);
      this.records.require(after.event);
      return this.keep(before, after);
    });
  }

  /** What a rule of the product shipped with holds again. */
  reset(id: number): Promise<NotificationRuleView> {
    return this.work.run(async () => {
      const before = await this.rules.getForChange(id, NotificationRulePermission.edit);
      if (!isRuleCode(before.code)) throw new ShippedRuleKept('reset');
      const { event, template: name, conditions, recipients } = DEFAULT_RULES[before.code];
      const template = await this.templates.find({ name }, before.organizationId);
      const shipped = { event, conditions: [...conditions], recipients: [...recipients], localizationId: null, active: true };
      const after = Object.assign(new NotificationRule(), before, shipped, { templateId: template?.id ?? before.templateId });
      return isDeepStrictEqual(after, before) ? viewOf(before) : this.keep(before, after, 'reset');
    });
  }

  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const rule = await this.rules.getForChange(id, NotificationRulePermission.delete);
      if (rule.code !== null) throw new ShippedRuleKept('deleted');
      await this.rules.remove(id);
      await this.history.deleted(HISTORY, rule);
    });
  }

  private async keep(before: NotificationRule, after: NotificationRule, act?: string): Promise<NotificationRuleView> {
    const saved = await this.rules.save(Object.assign(after, { updatedAt: this.clock.now() }));
    await this.history.changed(HISTORY, before, saved, act);
    return viewOf(saved);
  }

  /** What is essential is as it ships, and fits. */
  private async refuse(rule: Parameters<RuleFaults['of']>[0], known: readonly MemberFault[], essential = false): Promise<void> {
    const faults = [...known, ...(essential ? await this.faults.ofLocalization(rule) : await this.faults.of(rule, known))];
    if (faults.length > 0) throw new InvalidInput(faults);
  }
}

/** As JSON keeps it: without the class of a body, and without what was left out. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const isEssential = ({ code }: NotificationRule): boolean => isRuleCode(code) && DEFAULT_RULES[code].essential;

function viewOf(rule: NotificationRule): NotificationRuleView {
  const { id, organizationId, code, event, conditions, templateId, localizationId, recipients, active, createdAt, updatedAt, version } =
    rule;
  return {
    ...{ id, organizationId, code, system: code !== null, essential: isEssential(rule), event, conditions, templateId, localizationId },
    ...{ recipients, active, createdAt, updatedAt, version },
  };
}
