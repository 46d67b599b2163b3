import type { FastifyReply } from 'fastify';
import { DomainError } from '../../platform/errors/index.js';
import type { AccountPage } from './account-page.js';

/** No token, password or address is longer. */
export const MOST_TEXT = 1_000;

/** A field of a form, or a parameter of a link, which anybody may have made up. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST_TEXT + 1) : '');

export function show(reply: FastifyReply, { status, html }: AccountPage): string {
  void reply.status(status);
  return html;
}

/** The page that `work` ends in, or what `refused` makes of the rule that it breaks. */
export async function pageOf(
  work: () => Promise<AccountPage>,
  refused: (error: DomainError) => AccountPage | Promise<AccountPage>,
): Promise<AccountPage> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refused(error);
  }
}

/** The sentences in which a refusal says what is wrong. */
export const sentencesOf = ({ faults, message }: DomainError): string[] =>
  faults.length > 0 ? faults.map(({ detail }) => detail) : [message];
