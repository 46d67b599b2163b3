import type {} from '@fastify/multipart';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  RequestMethod,
  SetMetadata,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { type AccessRule, accessRuleOf } from '../authorization/index.js';
import { CurrentContext } from '../context/index.js';
import { DomainError } from '../errors/index.js';
import { type Answer, type Attempt, Idempotency } from './idempotency.js';
import { PROBLEM_TYPE, problemOf, refusalOf } from './problem.js';

const IN_PARTS = 'platform:in-parts';

/** Marks the handler of a POST that commits as it goes along: its answer is kept after the last of its transactions, not in one with them. */
export const CommitsInParts = () => SetMetadata(IN_PARTS, true);

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Bytes of a streamed answer: sealed, they still fit into a statement of a MySQL or MariaDB server as it comes. */
const LARGEST_KEPT = 4_194_304;

class AnswerTooLarge extends DomainError {
  constructor() {
    const detail = 'The answer is too large to be kept for an Idempotency-Key. Send the request without one.';
    super('unprocessable', 'idempotency.answer_too_large', detail);
  }
}

const KEPT_HEADERS = ['location', 'etag', 'content-type'] as const;

/** Obeys `Idempotency-Key`. Uploads see to it themselves, since their body is read by the handler. */
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
    if (typeof key !== 'string' || request.isMultipart()) return next.handle();
    const attempt = { caller: this.caller(), key, url: request.url, content: JSON.stringify(request.body ?? null) };
    const act = async (): Promise<Answer> => {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      if (body instanceof StreamableFile) return { status: reply.statusCode, headers: headersOfStream(body), body: await wholeOf(body) };
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
        headers: { 'content-type': PROBLEM_TYPE },
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

/** Lets the POSTs of a controller take keys, as far as their access rules say; reads do without an interceptor, which would cost them more than all guards. */
export const takingIdempotencyKeys =
  (applies: (rule: AccessRule | undefined) => boolean): ClassDecorator =>
  ({ prototype }) => {
    const members = Object.entries(Object.getOwnPropertyDescriptors(prototype as object)) as [string, TypedPropertyDescriptor<Handler>][];
    for (const [name, descriptor] of members) {
      const handler = descriptor.value;
      const isPost = handler !== undefined && Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.POST;
      if (isPost && applies(accessRuleOf(handler))) UseInterceptors(IdempotencyInterceptor)(prototype as object, name, descriptor);
    }
  };

function headersOf(reply: FastifyReply): Record<string, string> {
  const kept = KEPT_HEADERS.map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(kept.filter((entry): entry is [(typeof KEPT_HEADERS)[number], string] => typeof entry[1] === 'string'));
}

const headersOfStream = (file: StreamableFile): Record<string, string> => {
  const { type } = file.getHeaders();
  return typeof type === 'string' ? { 'content-type': type } : {};
};

/** A streamed answer in JSON, as far as it can be kept. */
async function wholeOf(file: StreamableFile): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file.getStream() as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_KEPT) throw new AnswerTooLarge();
    chunks.push(bytes);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}

function replay({ status, headers, body }: Answer, reply: FastifyReply): unknown {
  void reply.status(status);
  for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
  return body ?? undefined;
}
