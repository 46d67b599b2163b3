import { randomInt } from 'node:crypto';
import { IsNull, Not } from 'typeorm';
import { leaveJobsToOthers } from '../jobs/leave-jobs.js';
import { ADMIN, startProduct } from '../product.js';
import { SmtpSink } from '../smtp-sink.js';
import { aChild } from './a-child.js';
import { ImportDesk } from './import-desk.js';
import type { WelcomeOrder } from './welcome-child.js';

const ROWS = 2_400;
/** Of so many, one is enabled and so welcomed. */
const WELCOMED = 40;
const DEATHS = 3;
/** Milliseconds in which a process gets through a good part of the file, or of the mails. */
const LONGEST_LIFE = 1_200;

interface Mail {
  id: number;
  customerUserId: number | null;
  status: string;
}

const HEADER = 'First Name,Last Name,Email Address,Enabled,Customer Name';

/** What became of an import with welcome mails whose process was killed again and again, at random points, and then left alone. */
export async function welcomesKilledAgainAndAgain(queue: Record<string, string> = {}) {
  const sink = new SmtpSink();
  try {
    return await welcomed(sink, { SMTP_URL: await sink.start(), ...queue });
  } finally {
    sink.close();
  }
}

async function welcomed(sink: SmtpSink, environment: Record<string, string>) {
  const product = await startProduct(environment);
  try {
    await product.admin.post('/admin/api/customers', { name: 'Northwind' });
    await leaveJobsToOthers(product.app);
    const rows = Array.from({ length: ROWS }, (_, i) => `Zoë,Nr ${i},zoe${i}@northwind.example,${i % WELCOMED === 0 ? 1 : 0},Northwind`);
    const { id } = await new ImportDesk(product, 'customer-users').start([HEADER, ...rows].join('\n'), { mails: 'welcome' });
    const order: WelcomeOrder = { configuration: product.configuration, importId: id };
    const ends: (string | null)[] = [];
    for (let death = 0; death < DEATHS; death++)
      ends.push(await aChild('welcome-child.ts', { ...order, dieAfter: randomInt(LONGEST_LIFE) }));
    const last = await aChild('welcome-child.ts', order);
    const { manager } = product.work;
    const mails = await manager.find<Mail>('EmailRow', { where: { customerUserId: Not(IsNull()) } });
    // The importer hears of the end.
    const welcomes = sink.received.filter(({ recipients }) => !recipients.includes(ADMIN.email));
    const arrived = new Map(welcomes.map(({ recipients, mail }) => [mail.messageId, recipients.join()]));
    return {
      killed: ends.includes('SIGKILL'),
      last,
      people: await manager.countBy('CustomerUser', {}),
      mails: mails.filter(({ status }) => status === 'sent').length,
      welcomed: new Set(mails.map(({ customerUserId }) => customerUserId)).size,
      // A mail may come twice when its process dies as it is taken over, and is the same message then.
      messages: arrived.size,
      reached: new Set(arrived.values()).size,
      run: (await product.admin.get(`/admin/api/imports/${id}`)).body,
    };
  } finally {
    await product.close();
  }
}

export const ALL_WELCOMED = {
  ...{ killed: true, last: null, people: ROWS },
  ...{ mails: ROWS / WELCOMED, welcomed: ROWS / WELCOMED, messages: ROWS / WELCOMED, reached: ROWS / WELCOMED },
  run: { status: 'completed', counts: { read: ROWS, added: ROWS, failed: 0 } },
};
