import { Injectable } from '@nestjs/common';
import { Random } from '../platform/clock/index.js';
import { cut } from '../platform/database/index.js';
import { RolesRepository } from './roles.repository.js';

const PREFIX = 'ROLE_FRONTEND_';
const MOST_OF_LABEL = 200;

/** What files name new roles by. */
@Injectable()
export class RoleCodes {
  constructor(
    private readonly roles: RolesRepository,
    private readonly random: Random,
  ) {}

  /** From the label; with something of its own where that is taken, or could be at any moment, as customers label alike. */
  async codeFor(organizationId: number, customerId: number | null, label: string): Promise<string> {
    const words =
      label
        .normalize('NFKD')
        .replaceAll(/\p{Mark}/gu, '')
        .toUpperCase()
        .match(/[A-Z0-9]+/g) ?? [];
    const plain = PREFIX + cut(words.join('_'), MOST_OF_LABEL);
    if (customerId === null && words.length > 0 && !(await this.roles.has(organizationId, { code: plain }))) return plain;
    const own = this.random.uuid().slice(0, 8).toUpperCase();
    return words.length === 0 ? PREFIX + own : `${plain}_${own}`;
  }
}
