import { Logger } from '@nestjs/common';
import { type DataSource, QueryFailedError } from 'typeorm';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { aDatabase, Effect, type TestDatabase } from '../support/jobs/test-database.js';

describe('A unit of work', () => {
  let database: TestDatabase;
  let connection: DataSource;
  let work: UnitOfWork;

  beforeAll(async () => {
    database = await aDatabase();
    connection = await database.connect();
    work = new UnitOfWork(connection);
    Logger.overrideLogger(false);
  });
  beforeEach(() => connection.getRepository(Effect).deleteAll());
  afterAll(async () => {
    await connection.destroy();
    await database.drop();
  });

  const insert = (name: string) => work.repository(Effect).insert({ name });
  const names = async () => (await connection.getRepository(Effect).find({ order: { name: 'ASC' } })).map(({ name }) => name);
  /** Lets everything else that is ready go first. */
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('keeps what others commit or insert while it is rolled back', async () => {
    const a = work.run(async () => {
      await insert('A');
      for (let i = 0; i < 20; i++) await turn();
      await insert('A again');
      throw new Error('A fails');
    });
    const b = work.run(async () => {
      await insert('B');
      await turn();
      await insert('B again');
    });
    const c = insert('C');

    const [ofA, ofB, ofC] = await Promise.allSettled([a, b, c]);

    expect([ofA.status, ofB.status, ofC.status]).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await names()).toEqual(['B', 'B again', 'C']);
  });

  it('commits each of fifty that run in parallel', async () => {
    const all = Array.from({ length: 50 }, (_, n) =>
      work.run(async () => {
        await insert(`first of ${n}`);
        await turn();
        await insert(`second of ${n}`);
      }),
    );

    await Promise.all(all);

    expect(await names()).toHaveLength(100);
  });

  it('undoes every other one of fifty that run in parallel, and no more', async () => {
    const all = Array.from({ length: 50 }, (_, n) =>
      work.run(async () => {
        await insert(`number ${n}`);
        await turn();
        if (n % 2 === 1) throw new Error('an odd one');
      }),
    );

    await Promise.allSettled(all);

    expect((await names()).sort()).toEqual(Array.from({ length: 25 }, (_, n) => `number ${n * 2}`).sort());
  });

  it('joins the one that is open', async () => {
    const outer = work.run(async () => {
      await work.run(() => insert('inner'));
      expect(await work.repository(Effect).countBy({ name: 'inner' })).toBe(1);
      throw new Error('the outer one fails');
    });

    await expect(outer).rejects.toThrow('the outer one fails');
    expect(await names()).toEqual([]);
  });

  it('refuses to commit when an inner failure was caught', async () => {
    const outer = work.run(async () => {
      const inner = work.run(async () => {
        await insert('half done');
        throw new Error('the inner one fails');
      });
      await inner.catch(() => undefined);
    });

    await expect(outer).rejects.toThrow('A part of this unit of work failed');
    expect(await names()).toEqual([]);
  });

  it.each([
    ['caught', () => undefined],
    [
      'told as another one',
      () => {
        throw new Error('It did not work.');
      },
    ],
  ])('is run again when the deadlock of an inner one was %s', async (_how, told) => {
    let tries = 0;
    const deadlock = Object.assign(new Error('Deadlock found when trying to get lock'), { code: 'ER_LOCK_DEADLOCK' });

    await work.run(async () => {
      await insert(`try ${++tries}`);
      const inner = work.run(() => (tries === 1 ? Promise.reject(new QueryFailedError('UPDATE', [], deadlock)) : Promise.resolve()));
      await inner.catch(told);
    });

    expect(await names()).toEqual(['try 2']);
  });

  it('shows nobody what it has not committed', async () => {
    let goOn: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (goOn = resolve));
    const running = work.run(async () => {
      await insert('unfinished');
      goOn();
      for (let i = 0; i < 20; i++) await turn();
      throw new Error('never finished');
    });
    await written;
    const seen = names();

    await expect(running).rejects.toThrow('never finished');
    expect(await seen).toEqual([]);
  });

  it('lets effects follow its commit only', async () => {
    const log: string[] = [];

    await work.run(async () => {
      await work.afterCommit(async () => log.push(`effect, ${(await names()).length} row, open: ${work.isOpen}`));
      await insert('one');
      log.push('end of work');
    });
    await work
      .run(async () => {
        await work.afterCommit(() => log.push('effect of what was rolled back'));
        throw new Error('rolled back');
      })
      .catch(() => undefined);

    expect(log).toEqual(['end of work', 'effect, 1 row, open: false']);
  });

  it('lets a nested effect wait for the commit of the outermost', async () => {
    const log: string[] = [];

    await work.run(async () => {
      await work.run(() => work.afterCommit(() => log.push('effect')));
      log.push('end of work');
    });

    expect(log).toEqual(['end of work', 'effect']);
  });

  it('has an effect at once when none is open, and stands when an effect fails', async () => {
    const log: string[] = [];
    await work.afterCommit(() => log.push('at once'));

    await work.run(async () => {
      await insert('stands');
      await work.afterCommit(() => {
        throw new Error('the effect fails');
      });
      await work.afterCommit(() => log.push('the next effect'));
    });

    expect(log).toEqual(['at once', 'the next effect']);
    expect(await names()).toEqual(['stands']);
  });

  it('gives its connection back before its effects, so that theirs cannot run out', async () => {
    const seen: number[] = [];
    const all = Array.from({ length: 50 }, (_, n) =>
      work.run(async () => {
        await insert(`number ${n}`);
        await work.afterCommit(async () => seen.push(await work.repository(Effect).countBy({ name: `number ${n}` })));
      }),
    );

    await Promise.all(all);

    expect(seen).toEqual(Array.from({ length: 50 }, () => 1));
  });

  it('is free for the next one after a failed statement', async () => {
    const broken = work.run(() => work.manager.query('SELECT nothing FROM nowhere'));

    await expect(broken).rejects.toThrow(QueryFailedError);
    await work.run(() => insert('next'));
    expect(await names()).toEqual(['next']);
  });
});

describe('A new row', () => {
  it('has a number for its id, whichever way it is written', async () => {
    const database = await aDatabase();
    const connection = await database.connect();
    const effects = connection.getRepository(Effect);
    const inserted = Object.assign(new Effect(), { name: 'inserted' });

    const { identifiers } = await effects.insert(inserted);
    const [saved, savedToo] = await effects.save([{ name: 'saved' }, { name: 'saved too' }]);

    expect([inserted.id, saved?.id, savedToo?.id]).toEqual([1, 2, 3]);
    expect(identifiers).toEqual([{ id: 1 }]);
    await connection.destroy();
    await database.drop();
  });
});
