import { Injectable } from '@nestjs/common';
import { type SettingHolder, Settings, settings } from '../../organizations/index.js';

/** Whom mails come from, by the settings of the website, the organization or the system. */
@Injectable()
export class Sender {
  constructor(private readonly values: Settings) {}

  async of(holder: SettingHolder): Promise<{ name: string; address: string }> {
    const [name, address] = await this.values.getAll([settings.senderName, settings.senderAddress] as const, holder);
    return { name, address };
  }
}
