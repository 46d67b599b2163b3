import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { EmailTemplateChange, EmailTemplateDraft, EmailTemplateView } from './email-templates.dto.js';
import { emailTemplateListing } from './email-templates.listing.js';
import { EmailTemplates } from './email-templates.service.js';
import { EmailTemplatePermission } from '../permissions.js';
import { TemplatePreviewDraft, TemplatePreviewView } from './template-previews.dto.js';
import { TemplatePreviews } from './template-previews.service.js';

@AdminController('email-templates', 'Email templates')
export class EmailTemplatesController {
  constructor(
    private readonly templates: EmailTemplates,
    private readonly previews: TemplatePreviews,
  ) {}

  @Get()
  @RequirePermission(EmailTemplatePermission.view)
  @ApiListing(emailTemplateListing, EmailTemplateView)
  list(@ListQuery(emailTemplateListing) request: ListRequest): Promise<Page<EmailTemplateView>> {
    return this.templates.list(request);
  }

  /**
   * Texts are written in a subset of Handlebars: `{{variable}}`, `{{customFields.[Tax number]}}` for a name with blanks, `{{#if}}`, `{{#unless}}`, `{{#each}}`, and in html `{{#> layout title="..." button="..." href=link}}`.
   * Values are always escaped. A text is checked by filling it with a sample: an unknown variable is refused, with its line and column.
   */
  @Post()
  @RequirePermission(EmailTemplatePermission.create)
  create(@CheckedBody(EmailTemplateDraft) draft: Checked<EmailTemplateDraft>): Promise<EmailTemplateView> {
    return this.templates.create(draft);
  }

  @Get(':id')
  @RequirePermission(EmailTemplatePermission.view)
  get(@IdParam() id: number): Promise<EmailTemplateView> {
    return this.templates.get(id);
  }

  /** `translations` replaces all of them. A text of the default that is the same as the one it shipped with is no edit. */
  @Patch(':id')
  @RequirePermission(EmailTemplatePermission.edit)
  change(@IdParam() id: number, @CheckedBody(EmailTemplateChange) change: Checked<EmailTemplateChange>): Promise<EmailTemplateView> {
    return this.templates.change(id, change);
  }

  /** Refused for those that ship with the product, and for those that rules use. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(EmailTemplatePermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.templates.remove(id);
  }

  /** Brings the texts back that the template shipped with, in every language. */
  @Post(':id/reset')
  @HttpCode(200)
  @RequirePermission(EmailTemplatePermission.edit)
  reset(@IdParam() id: number): Promise<EmailTemplateView> {
    return this.templates.reset(id);
  }

  /** What the template makes of a record that the caller may see, or of the sample. Nothing is sent. */
  @Post(':id/preview')
  @HttpCode(200)
  @RequirePermission(EmailTemplatePermission.view)
  preview(@IdParam() id: number, @Body() draft: TemplatePreviewDraft): Promise<TemplatePreviewView> {
    return this.previews.show(id, draft);
  }
}
