import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../../organizations/index.js';
import { Clock, DAY, MINUTE, SECOND } from '../../platform/clock/index.js';
import { isDuplicateKey, UnitOfWork } from '../../platform/database/index.js';
import { Chore } from '../../platform/jobs/index.js';
import { EmailMinute } from './email-minute.entity.js';

type Count = 'sent' | 'booked';

/** Jobs may begin a little early, and clocks of processes differ. */
const INTO_THE_MINUTE = 2 * SECOND;
/** Minutes that are tried for a place before one that is full is made do with. */
const MOST_TRIED = 20;
/** Of five places in a minute, bulk mails leave one to others. */
const KEPT_FREE = 5;

/** Lets so many mails pass in a minute, over all processes: the counts are rows. */
@Injectable()
export class Pace extends Chore {
  readonly name = 'Forgetting how many mails were sent';

  constructor(
    private readonly work: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Takes a place in this minute; where there is none, answers when to ask again. Not to be called in a unit of work. */
  async take({ bulk }: { bulk: boolean }): Promise<Date | undefined> {
    const limit = await this.settings.get(settings.mailsPerMinute);
    const most = bulk ? limit - Math.floor(limit / KEPT_FREE) : limit;
    const now = this.present();
    if (await this.count('sent', now, most)) return undefined;
    return new Date((await this.book(now + 1, most, bulk)) * MINUTE + INTO_THE_MINUTE);
  }

  /** Counts of minutes that are over. */
  async run(): Promise<void> {
    const before = this.present() - DAY / MINUTE;
    await this.work.repository(EmailMinute).createQueryBuilder().delete().where('minute < :before', { before }).execute();
  }

  /** The minute in which there is a place: bulk mails queue at the end, others take the first. */
  private async book(first: number, most: number, bulk: boolean): Promise<number> {
    let minute = bulk ? Math.max(first, (await this.work.repository(EmailMinute).maximum('minute')) ?? first) : first;
    for (let tries = 1; tries < MOST_TRIED && !(await this.count('booked', minute, most)); tries++) minute += 1;
    return minute;
  }

  /** One more in a minute that has fewer than `most`. */
  private async count(count: Count, minute: number, most: number): Promise<boolean> {
    if (await this.increase(count, minute, most)) return true;
    const none = { sent: 0, booked: 0 };
    try {
      await this.work.repository(EmailMinute).insert({ minute, ...none, [count]: 1 });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.increase(count, minute, most);
    }
  }

  private async increase(count: Count, minute: number, most: number): Promise<boolean> {
    const { affected } = await this.work
      .repository(EmailMinute)
      .createQueryBuilder()
      .update()
      .set({ [count]: () => `${count} + 1` })
      .where(`minute = :minute AND ${count} < :most`, { minute, most })
      .execute();
    return affected === 1;
  }

  private present(): number {
    return Math.floor(this.clock.now().getTime() / MINUTE);
  }
}
