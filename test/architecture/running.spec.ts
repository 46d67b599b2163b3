import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthorizationModule, Public } from '../../src/platform/authorization/index.js';
import { ClockModule } from '../../src/platform/clock/index.js';
import { ConfigurationModule, configurationOf, readEnvironment } from '../../src/platform/config/index.js';
import { ContextModule } from '../../src/platform/context/index.js';
import { ContributionsModule } from '../../src/platform/contributions/index.js';
import { DatabaseModule } from '../../src/platform/database/index.js';
import { createHttpApplication, createLog, HttpModule } from '../../src/platform/http/index.js';
import { SecretsModule } from '../../src/platform/secrets/index.js';
import { routesByRule } from './running.js';

@Controller('things')
class Things {
  @Get()
  bare(): string {
    return 'a secret';
  }

  @Post()
  @Public()
  open(): string {
    return 'no secret';
  }
}

const platform = [ClockModule, ContextModule, ContributionsModule, DatabaseModule, SecretsModule, AuthorizationModule, HttpModule];

describe('A route without an access rule', () => {
  let folder: string;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'routes-'));
    const configuration = configurationOf(readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder }));
    const root = { module: class Root {}, imports: [ConfigurationModule.for(configuration), ...platform], controllers: [Things] };
    app = await createHttpApplication(root, { settings: configuration.http, log: createLog('silent'), surfaces: [] });
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('is denied to everybody', async () => {
    const answer = await app.inject({ method: 'GET', url: '/things' });

    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ status: 403, code: 'auth.undeclared' });
    expect(answer.body).not.toContain('a secret');
  });

  it('is told from one that has a rule', async () => {
    const answer = await app.inject({ method: 'POST', url: '/things' });

    expect([answer.statusCode, answer.body]).toEqual([201, 'no secret']);
  });

  it('is listed by its class and method', () => {
    const { bare, ruled } = routesByRule(app);

    expect(bare).toEqual(['GET Things.bare']);
    expect(ruled).toContain('POST Things.open');
  });
});
