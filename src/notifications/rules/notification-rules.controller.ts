import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { AdminController, type Checked, CheckedBody, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { DryRuns } from './dry-runs.service.js';
import { DryRunDraft, DryRunView } from './dry-runs.dto.js';
import { EventViews, NotificationEventsView } from '../occurrences/event-views.js';
import { NotificationRuleChange, NotificationRuleDraft, NotificationRuleView } from './notification-rules.dto.js';
import { notificationRuleListing } from './notification-rules.listing.js';
import { NotificationRules } from './notification-rules.service.js';
import { NotificationRulePermission } from '../permissions.js';

@AdminController('notification-rules', 'Notification rules')
export class NotificationRulesController {
  constructor(
    private readonly rules: NotificationRules,
    private readonly dryRuns: DryRuns,
    private readonly eventViews: EventViews,
    private readonly context: CurrentContext,
  ) {}

  @Get()
  @RequirePermission(NotificationRulePermission.view)
  @ApiListing(notificationRuleListing, NotificationRuleView)
  list(@ListQuery(notificationRuleListing) request: ListRequest): Promise<Page<NotificationRuleView>> {
    return this.rules.list(request);
  }

  /** Takes the right to see every record that the event may be about. */
  @Post()
  @RequirePermission(NotificationRulePermission.create)
  create(@CheckedBody(NotificationRuleDraft) draft: Checked<NotificationRuleDraft>): Promise<NotificationRuleView> {
    return this.rules.create(draft);
  }

  /** The events that rules can listen to, with all that conditions, recipients and templates can name of each in the caller's organization. */
  @Get('events')
  @RequirePermission(NotificationRulePermission.view)
  events(): Promise<NotificationEventsView> {
    return this.eventViews.of(this.context.principal().organizationId);
  }

  @Get(':id')
  @RequirePermission(NotificationRulePermission.view)
  get(@IdParam() id: number): Promise<NotificationRuleView> {
    return this.rules.get(id);
  }

  /** Of a rule that ships with the product the event stays; of one without whose mail people do not get in, all but the language. */
  @Patch(':id')
  @RequirePermission(NotificationRulePermission.edit)
  change(
    @IdParam() id: number,
    @CheckedBody(NotificationRuleChange) change: Checked<NotificationRuleChange>,
  ): Promise<NotificationRuleView> {
    return this.rules.change(id, change);
  }

  /** Refused for those that ship with the product: they can be made inactive. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(NotificationRulePermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.rules.remove(id);
  }

  /** Brings back what a rule of the product shipped with. */
  @Post(':id/reset')
  @HttpCode(200)
  @RequirePermission(NotificationRulePermission.edit)
  reset(@IdParam() id: number): Promise<NotificationRuleView> {
    return this.rules.reset(id);
  }

  /** Who would get what, at an event about a record, or the sample. Nothing is written or sent; an inactive rule is tried all the same. */
  @Post(':id/dry-run')
  @HttpCode(200)
  @RequirePermission(NotificationRulePermission.view)
  dryRun(@IdParam() id: number, @Body() draft: DryRunDraft): Promise<DryRunView> {
    return this.dryRuns.run(id, draft);
  }
}
