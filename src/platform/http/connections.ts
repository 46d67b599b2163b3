import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { problemOf, type Refusal } from './problem.js';

const MALFORMED: Refusal = { status: 400, code: 'request.malformed', detail: 'This is no HTTP request that can be read.' };

/** By Node's codes for what goes wrong before there is a request. */
const REFUSALS: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'request.headers_too_large', detail: 'The address and the headers are too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request.timeout', detail: 'The request did not arrive in time.' },
};

/** Answers what Node cannot read as a request like every other refusal, and ends the connection. */
export function refuseUnreadable({ code }: Error & { code?: string }, socket: Socket): void {
  // Who has gone hears nothing.
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const refusal = REFUSALS[code ?? ''] ?? MALFORMED;
  const body = JSON.stringify(problemOf(refusal, '', randomUUID()));
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    'Cache-Control: no-store',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Ends each connection with the answer that is under way when the server stops: kept alive, it would hold the stop up until it times out. */
export function endConnectionsWhenStopping(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('Connection', 'close');
    done(null, payload);
  });
  // Of an answer that had begun before, the header says nothing of it.
  fastify.addHook('onResponse', (request, _reply, done) => {
    if (stopping) request.raw.socket.end();
    done();
  });
}
