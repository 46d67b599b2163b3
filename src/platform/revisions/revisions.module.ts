import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { Random } from '../clock/index.js';
import { DatabaseSettings, type QueueSettings } from '../config/index.js';
import { LocalRevisions } from './local-revisions.js';
import { Memory } from './memory.js';
import { RedisRevisions } from './redis-revisions.js';
import { Revisions } from './revisions.js';
import { WatchedWrites } from './watched-writes.js';

/** Two applications in one process share what they know of their database. */
const local = new Map<string, LocalRevisions>();

function revisionsOf(location: string): LocalRevisions {
  const known = local.get(location) ?? new LocalRevisions();
  local.set(location, known);
  return known;
}

@Module({})
export class RevisionsModule {
  static for({ redisUrl }: QueueSettings): DynamicModule {
    const revisions: FactoryProvider<Revisions> = {
      provide: Revisions,
      inject: [DatabaseSettings, Random],
      useFactory: ({ kind, location }: DatabaseSettings, random: Random) => {
        if (redisUrl === undefined) return revisionsOf(location);
        const name = kind === 'sqlite' ? location : new URL(location).pathname.slice(1);
        return RedisRevisions.at(redisUrl, `{customer-identity:${name}}:revision:`, random);
      },
    };
    return { module: RevisionsModule, global: true, providers: [revisions, WatchedWrites, Memory], exports: [Memory, Revisions] };
  }
}
