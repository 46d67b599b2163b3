import { Injectable } from '@nestjs/common';
import { HealthCheck } from '../../platform/health/index.js';
import { SigningKeys } from './signing-keys.js';

@Injectable()
export class SigningKeysHealth extends HealthCheck {
  readonly name = 'signing-keys';
  /** The rest of the product works without them. */
  override readonly critical = false;

  constructor(private readonly keys: SigningKeys) {
    super();
  }

  async check(): Promise<string | undefined> {
    return this.keys.fault() ?? this.keys.comingFault();
  }
}
