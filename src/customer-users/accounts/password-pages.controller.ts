import { Body, Controller, Get, Header, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/authorization/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { AccountLinks } from './account-links.js';
import type { AccountPage } from './account-page.js';
import { MOST_TEXT, pageOf, sentencesOf, show, textOf } from './account-pages.js';
import { LinkUnusable, PasswordLoginOff } from '../customer-users.errors.js';
import { OwnPasswords } from './own-passwords.js';
import { passwordDone, passwordForm, passwordLinkUnusable } from './password-pages.js';

/** The page behind the links to set and reset a password: plain HTML that works without script, held to the rules of the storefront API. */
@ApiExcludeController()
@Controller('account')
export class PasswordPagesController {
  constructor(
    private readonly passwords: OwnPasswords,
    private readonly links: AccountLinks,
  ) {}

  @Get('set-password')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async form(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = textOf(query['token']);
    return show(reply, await this.choose(token));
  }

  @Post('set-password')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async set(@Body() body: Record<string, unknown> | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const [token, password, repeated] = [textOf(body?.['token']), textOf(body?.['password']), textOf(body?.['repeated'])];
    const set = async () => {
      if (password !== repeated) throw new DomainError('invalid', 'passwords.differ', 'The two passwords differ.');
      if (password.length > MOST_TEXT) throw new DomainError('invalid', 'passwords.too_long', TOO_LONG);
      return passwordDone(await this.links.toLogin(await this.passwords.reset(token, password)));
    };
    return show(reply, await pageOf(set, (error) => this.choose(token, error)));
  }

  /** The form, with what was wrong with the last try; where the link is what is wrong, a page that says so. */
  private choose(token: string, refusal?: DomainError): Promise<AccountPage> {
    const form = async () => passwordForm(token, await this.passwords.needs(token), refusal && sentencesOf(refusal));
    return pageOf(form, (error) => {
      if (error instanceof PasswordLoginOff) return passwordLinkUnusable(error.message, 403, false);
      return passwordLinkUnusable(new LinkUnusable().message, 400, true);
    });
  }
}

const TOO_LONG = `The password has more than ${MOST_TEXT} characters.`;
