import type {} from '@fastify/multipart';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { accessRuleOf, SIDE } from '../authorization/index.js';
import { CurrentContext, type Side } from '../context/index.js';
import { type Answer, type Attempt, Idempotency } from './idempotency.js';
import { problemOf, refusalOf } from './problem.js';

const IN_PARTS = 'platform:in-parts';

/** Marks the handler of a POST that commits as it goes along: its answer is kept after the last of its transactions, not in one with them. */
export const CommitsInParts = () => SetMetadata(IN_PARTS, true);

const KEPT_HEADERS = ['location', 'etag', 'content-type'] as const;

/**
 * `Idempotency-Key` on every POST of the admin API, and of the storefront API on those that need a permission: the others there are about
 * logging in. Uploads see to it themselves, since their body is read by the handler.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly context: CurrentContext,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !applies(execution, request)) return next.handle();
    const attempt = { caller: this.caller(), key, content: `POST ${request.url} ${JSON.stringify(request.body ?? null)}` };
    const act = async (): Promise<Answer> => {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      return { status: reply.statusCode, headers: headersOf(reply), body: body ?? null };
    };
    return from(this.answerOf(execution, attempt, act).then((answer) => replay(answer, reply)));
  }

  private answerOf(execution: ExecutionContext, attempt: Attempt, act: () => Promise<Answer>): Promise<Answer> {
    const handler = execution.getHandler();
    if (accessRuleOf(handler)?.kind === 'public') return this.unwrapped(attempt, act);
    const inParts = Reflect.getMetadata(IN_PARTS, handler) === true;
    const answer = inParts ? this.idempotency.inParts(attempt, act) : this.idempotency.once(attempt, act);
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    return answer.catch((error: unknown) => this.refused(attempt, error, request));
  }

  /** Keeps a refusal that would be the same again. */
  private async refused(attempt: Attempt, error: unknown, request: FastifyRequest): Promise<never> {
    const refusal = refusalOf(error);
    const keep = refusal && refusal.status < 500 && refusal.status !== 429 && !refusal.code.startsWith('idempotency.');
    if (keep) {
      const body = problemOf(refusal, request.url.split('?', 1)[0] ?? '', request.id);
      await this.idempotency.remember(attempt, {
        status: refusal.status,
        headers: { 'content-type': 'application/problem+json; charset=utf-8' },
        body,
      });
    }
    throw error;
  }

  /** A login writes to its log even when it is refused, so it cannot share the key's transaction; only what succeeds is kept. */
  private async unwrapped(attempt: Attempt, act: () => Promise<Answer>): Promise<Answer> {
    const earlier = await this.idempotency.recall(attempt);
    if (earlier) return earlier;
    const answer = await act();
    await this.idempotency.remember(attempt, answer);
    return answer;
  }

  private caller(): string {
    const principal = this.context.findPrincipal();
    if (!principal) return 'anonymous';
    return [principal.type, principal.id, ...(principal.application ? ['application', principal.application.id] : [])].join(':');
  }
}

function applies(execution: ExecutionContext, request: FastifyRequest): boolean {
  if (request.method !== 'POST' || request.isMultipart()) return false;
  const side = Reflect.getMetadata(SIDE, execution.getClass()) as Side | undefined;
  return side === 'backend' || (side === 'storefront' && accessRuleOf(execution.getHandler())?.kind === 'permission');
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const kept = KEPT_HEADERS.map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(kept.filter((entry): entry is [(typeof KEPT_HEADERS)[number], string] => typeof entry[1] === 'string'));
}

function replay({ status, headers, body }: Answer, reply: FastifyReply): unknown {
  void reply.status(status);
  for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
  return body ?? undefined;
}
