import { Body, Controller, Get, Header, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/authorization/index.js';
import { isEmailAddress } from '../../platform/http/index.js';
import { show, textOf, pageOf } from './account-pages.js';
import type { AccountPage } from './account-page.js';
import { AccountRequests } from './account-requests.js';
import { type MailRequest, requestForm, requestRefused, requestTaken } from './password-pages.js';

/** Pages on which somebody whose link does not work asks for another one. */
@ApiExcludeController()
@Controller('account')
export class RequestPagesController {
  constructor(private readonly requests: AccountRequests) {}

  @Get('forgot-password')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  forgotForm(@Res({ passthrough: true }) reply: FastifyReply): string {
    return show(reply, requestForm('forgot-password'));
  }

  @Post('forgot-password')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async forgot(@Body() body: Record<string, unknown> | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return show(reply, await this.take('forgot-password', textOf(body?.['email']).trim()));
  }

  @Get('resend-confirmation')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  resendForm(@Res({ passthrough: true }) reply: FastifyReply): string {
    return show(reply, requestForm('resend-confirmation'));
  }

  @Post('resend-confirmation')
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  async resend(@Body() body: Record<string, unknown> | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return show(reply, await this.take('resend-confirmation', textOf(body?.['email']).trim()));
  }

  private async take(request: MailRequest, email: string): Promise<AccountPage> {
    if (!isEmailAddress(email)) return requestForm(request, email, ['This is not an email address.']);
    const ask = async () => {
      await (request === 'forgot-password' ? this.requests.forgotten({ email }) : this.requests.unconfirmed({ email }));
      return requestTaken(request);
    };
    return pageOf(ask, ({ message }) => requestRefused(request, message));
  }
}
