import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isBrokenReference, isDuplicateKey, isTransient } from '../database/index.js';
import { DomainError, type ErrorKind } from '../errors/index.js';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  limited: 429,
  unavailable: 503,
};

export class ProblemFault {
  /** A JSON pointer into the body, or the name of the query parameter. */
  @ApiProperty({ example: '/email' })
  pointer: string;

  @ApiProperty({ example: 'not_an_email' })
  code: string;

  @ApiProperty({ example: 'email must be an email.' })
  detail: string;
}

/** An error answer, RFC 9457. */
export class Problem {
  @ApiProperty({ example: 'about:blank' })
  type: string;

  @ApiProperty({ example: 'Bad Request' })
  title: string;

  @ApiProperty({ example: 400 })
  status: number;

  @ApiProperty({ example: 'email must be an email.' })
  detail: string;

  @ApiProperty({ example: '/admin/api/customer-users' })
  instance: string;

  /** Stable, for programs. */
  @ApiProperty({ example: 'validation.failed' })
  code: string;

  @ApiProperty({ example: '5f0c1f0e-7f39-4b5f-8f5d-3f1d7c1c9a53' })
  traceId: string;

  @ApiProperty({ type: [ProblemFault], required: false })
  errors?: ProblemFault[];
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Codes for what goes wrong before a handler is reached, by Fastify's own codes. */
const TRANSPORT_CODES: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_REQ_FILE_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media_type_unsupported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_BAD_URL: 'request.malformed_url',
};

const BY_STATUS: Record<number, string> = {
  400: 'request.malformed',
  404: 'not_found',
  413: 'request.too_large',
  414: 'request.url_too_long',
  415: 'request.media_type_unsupported',
};

interface TransportError extends Error {
  statusCode?: number;
  code?: string;
}

export interface Refusal {
  status: number;
  code: string;
  detail: string;
  errors?: readonly ProblemFault[];
  retryAfter?: number;
}

/** What an error means to a client; `undefined` when it is a fault of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof DomainError) {
    const { code, message, faults, retryAfter } = error;
    return { status: STATUS[error.kind], code, detail: message, errors: faults.length > 0 ? faults : undefined, retryAfter };
  }
  if (isDuplicateKey(error))
    return { status: 409, code: 'conflict.duplicate', detail: 'Something with the same unique members exists already.' };
  if (isBrokenReference(error))
    return { status: 409, code: 'conflict.reference', detail: 'Other records refer to this, or it refers to one that is gone.' };
  if (isTransient(error)) return { status: 503, code: 'database.busy', detail: 'The database is busy; try again.', retryAfter: 1 };
  return transportRefusal(error);
}

function transportRefusal(error: unknown): Refusal | undefined {
  const { statusCode, code: name = '' } = error as TransportError;
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  if (status === undefined || status < 400 || status >= 500) return undefined;
  const code = TRANSPORT_CODES[name] ?? BY_STATUS[status] ?? `http.${status}`;
  return { status, code, detail: status === 404 ? 'There is nothing at this address.' : (error as Error).message };
}

export function problemOf(refusal: Refusal, instance: string, traceId: string): Problem {
  const { status, code, detail, errors } = refusal;
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance,
    code,
    traceId,
    ...(errors && { errors: [...errors] }),
  };
}

export const INTERNAL: Refusal = {
  status: 500,
  code: 'internal',
  detail: 'Something went wrong on our side. The trace id finds it in the log.',
};
