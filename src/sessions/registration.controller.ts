import { Body, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ConsentReading } from '../consents/index.js';
import {
  AccountRequest,
  AccountRequests,
  ConfirmationToken,
  Confirmations,
  RegistrationDraft,
  RegistrationFormView,
  RegistrationRules,
  Registrations,
  RequestTakenView,
} from '../customer-users/index.js';
import { Public } from '../platform/authorization/index.js';
import { AlsoAnswers, type Checked, CheckedBody, StorefrontController } from '../platform/http/index.js';
import { Entry } from './entry.js';
import { ConfirmedView, RegisteredView } from './sessions.dto.js';

@StorefrontController('registration', 'Registration')
export class RegistrationController {
  constructor(
    private readonly rules: RegistrationRules,
    private readonly registrations: Registrations,
    private readonly confirmations: Confirmations,
    private readonly requests: AccountRequests,
    private readonly entry: Entry,
  ) {}

  /** What the form to register has to show. */
  @Get()
  @AlsoAnswers(404)
  @Public()
  form(@Query() reading: ConsentReading): Promise<RegistrationFormView> {
    return this.rules.form(reading);
  }

  /**
   * Opens an account, and a company for it. Where enumeration protection is on, an email address that has an account already gets the same
   * answer, and its owner a mail; while no confirmation is required, though, a login afterwards tells.
   */
  @Post()
  @AlsoAnswers(403, 404)
  @HttpCode(202)
  @Public()
  async register(@CheckedBody(RegistrationDraft) draft: Checked<RegistrationDraft>): Promise<RegisteredView> {
    const { status, letIn } = await this.registrations.register(draft);
    return { status, session: letIn === undefined ? null : await this.entry.letIn(letIn) };
  }

  /** Confirms the email address by the mailed link. */
  @Post('confirm')
  @HttpCode(200)
  @Public()
  async confirm(@Body() { token }: ConfirmationToken): Promise<ConfirmedView> {
    const { letIn } = await this.confirmations.confirm(token);
    return { status: 'confirmed', session: letIn === undefined ? null : await this.entry.letIn(letIn) };
  }

  /** Has another link to confirm mailed, where one is wanted. The answer, and its time, are the same for every address. */
  @Post('resend')
  @AlsoAnswers(404)
  @HttpCode(202)
  @Public()
  async resend(@Body() request: AccountRequest): Promise<RequestTakenView> {
    await this.requests.unconfirmed(request);
    return { status: 'accepted' };
  }
}
