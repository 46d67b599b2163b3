import { Body, Controller, Get, Header, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/authorization/index.js';
import { AccountLinks } from './account-links.js';
import { pageOf, show, textOf } from './account-pages.js';
import { Confirmations } from './confirmations.service.js';
import { LinkUnusable } from '../customer-users.errors.js';
import { EmailChanges } from './email-changes.service.js';
import {
  changeEmailAgreed,
  changeEmailDone,
  changeEmailForm,
  changeEmailUnusable,
  confirmDone,
  confirmForm,
  confirmUnusable,
} from './email-pages.js';

/** The pages behind the links to confirm and to change an email address. Opening one changes nothing: its button does. */
@ApiExcludeController()
@Controller('account')
export class EmailPagesController {
  constructor(
    private readonly confirmations: Confirmations,
    private readonly changes: EmailChanges,
    private readonly links: AccountLinks,
  ) {}

  @Get('confirm')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async confirmForm(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = textOf(query['token']);
    const open = await this.confirmations.isOpen(token);
    return show(reply, open ? confirmForm(token) : confirmUnusable(new LinkUnusable().message));
  }

  @Post('confirm')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async confirm(@Body() body: Record<string, unknown> | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const confirm = async () => confirmDone(await this.links.toLogin((await this.confirmations.confirm(textOf(body?.['token']))).place));
    return show(reply, await pageOf(confirm, ({ message }) => confirmUnusable(message)));
  }

  @Get('change-email')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async changeForm(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = textOf(query['token']);
    const found = await this.changes.look(token);
    return show(reply, found ? changeEmailForm(token, found.step, found.newEmail) : changeEmailUnusable(new LinkUnusable().message, 400));
  }

  @Post('change-email')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async change(@Body() body: Record<string, unknown> | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const change = async () => {
      const { status, place } = await this.changes.confirm(textOf(body?.['token']));
      return status === 'pending' ? changeEmailAgreed() : changeEmailDone(await this.links.toLogin(place));
    };
    const refused = await pageOf(change, ({ kind, message }) => changeEmailUnusable(message, kind === 'conflict' ? 409 : 400));
    return show(reply, refused);
  }
}
