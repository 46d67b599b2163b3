import { Body, Controller, Get, Header, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../platform/authorization/index.js';
import { DomainError } from '../platform/errors/index.js';
import { linkUnusable, passwordDone, passwordForm } from './account-page.js';
import { CustomerUserAccounts } from './customer-user-accounts.js';
import { LinkUnusable } from './customer-users.errors.js';

/** No token and no password is longer. */
const MOST = 1_000;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST + 1) : '');

/** The pages behind the links in mails: plain HTML that works without script, and calls the rules of the storefront API. */
@ApiExcludeController()
@Controller('account')
export class AccountPagesController {
  constructor(private readonly accounts: CustomerUserAccounts) {}

  @Get('set-password')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async form(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = textOf(query['token']);
    if (await this.accounts.isOpenPasswordLink(token)) return passwordForm(token);
    void reply.status(400);
    return linkUnusable(new LinkUnusable().message);
  }

  @Post('set-password')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async set(@Body() body: Record<string, unknown> | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const [token, password, repeated] = [textOf(body?.['token']), textOf(body?.['password']), textOf(body?.['repeated'])];
    try {
      if (password !== repeated) throw new DomainError('invalid', 'passwords.differ', 'The two passwords differ.');
      if (password.length > MOST) throw new DomainError('invalid', 'passwords.too_long', `The password has more than ${MOST} characters.`);
      await this.accounts.resetPassword(token, password);
      return passwordDone();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      void reply.status(400);
      if (error instanceof LinkUnusable) return linkUnusable(error.message);
      return passwordForm(token, error.faults.length > 0 ? error.faults.map(({ detail }) => detail) : [error.message]);
    }
  }
}
