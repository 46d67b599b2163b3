import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { Scenario } from './scenarios.js';

export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** The statements with which the product answers a request, the login's left out, and what it answers. */
export interface Recorded {
  readonly statements: Statement[];
  readonly body: unknown;
}

/** Of another request or of nobody: what guards read before the handler, and what runs in the background. */
const NOT_ITS_OWN = /FROM `?(sessions|user_roles|user_role_assignments|jobs)\b|`jobs`/;

/** Calls the product inside this process and writes down what it sends to its database. */
export async function record(
  app: NestFastifyApplication,
  token: string,
  scenario: Scenario,
  id: number,
  unique: number,
): Promise<Recorded> {
  const dataSource = app.get(DataSource);
  const { logger } = dataSource;
  const statements: Statement[] = [];
  const logQuery = (sql: string, parameters: unknown[] = []) => void statements.push({ sql, parameters: [...parameters] });
  dataSource.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery });
  const { method, path, body } = scenario;
  const answer = await app.inject({
    method,
    url: path.replace(':id', String(id)),
    payload: body && JSON.stringify(body).replaceAll(':unique', String(unique)),
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
  });
  dataSource.logger = logger;
  if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${answer.body}`);
  const own = statements.filter(({ sql }) => !NOT_ITS_OWN.test(sql));
  // The caller himself, who is read with his session.
  const first = own.findIndex(({ sql }) => !/FROM `?users\b/.test(sql));
  return { statements: own.slice(Math.max(first, 0)), body: JSON.parse(answer.body) as unknown };
}
