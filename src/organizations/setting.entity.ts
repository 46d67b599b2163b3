import { Entity, Index } from 'typeorm';
import { Id, Json, Reference, Text } from '../platform/database/index.js';

export type SettingScope = 'system' | 'organization' | 'website';

/** A setting's value at one scope; where there is no row, the next wider scope and at last the default holds. */
@Entity('settings')
@Index('uq_settings', ['key', 'scope', 'scopeId'], { unique: true })
export class SettingValue {
  @Id()
  id: number;

  @Text(100)
  key: string;

  @Text(20)
  scope: SettingScope;

  /** The organization or website; 0 for the system. */
  @Reference()
  scopeId: number;

  /** Wrapped, so that a bare `null` or `false` is a JSON document on every database. */
  @Json()
  value: { value: unknown };
}
