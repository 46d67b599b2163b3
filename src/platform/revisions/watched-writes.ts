import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import { isInserted } from '../database/index.js';
import { Revisions } from './revisions.js';
import type { Subject } from './subject.js';
import { watchedTables } from './watched-tables.js';
import { WrittenSubjects } from './written-subjects.js';

interface OfQuery {
  readonly query: string;
  readonly parameters?: object;
  readonly queryRunner: QueryRunner;
}

interface OfTransaction {
  readonly queryRunner: QueryRunner;
}

/** What the open transaction of a connection has written so far. */
interface Written {
  readonly subjects: Set<Subject>;
  /** That they change has been told. */
  told: boolean;
}

/**
 * Hears every statement that the product sends and tells what it changes: with the commit of its transaction, or at once where it stands
 * alone. So nobody who writes has to think of what is remembered, and nobody can forget to.
 */
@Injectable()
export class WatchedWrites implements EntitySubscriberInterface {
  private readonly written: WrittenSubjects;
  private readonly open = new WeakMap<QueryRunner, Written>();

  constructor(
    @InjectDataSource() dataSource: DataSource,
    private readonly revisions: Revisions,
  ) {
    this.written = new WrittenSubjects(watchedTables(dataSource.entityMetadatas));
    dataSource.subscribers.push(this);
  }

  beforeQuery({ query, parameters, queryRunner }: OfQuery): Promise<void> | undefined {
    const isNew = (table: string, id: unknown) => isInserted(queryRunner, table, id);
    const subjects = this.written.of(query, Array.isArray(parameters) ? parameters : [], isNew);
    if (subjects.length === 0) return undefined;
    const open = this.open.get(queryRunner) ?? { subjects: new Set(), told: false };
    for (const one of subjects) open.subjects.add(one);
    this.open.set(queryRunner, open);
    return queryRunner.isTransactionActive ? undefined : this.begin(queryRunner);
  }

  afterQuery({ queryRunner }: OfQuery): Promise<void> | undefined {
    return queryRunner.isTransactionActive ? undefined : this.end(queryRunner);
  }

  beforeTransactionCommit({ queryRunner }: OfTransaction): Promise<void> | undefined {
    return this.begin(queryRunner);
  }

  afterTransactionCommit({ queryRunner }: OfTransaction): Promise<void> | undefined {
    return queryRunner.isTransactionActive ? undefined : this.end(queryRunner);
  }

  /** Of a commit that failed nobody knows whether it took place. */
  afterTransactionRollback({ queryRunner }: OfTransaction): Promise<void> | undefined {
    return queryRunner.isTransactionActive ? undefined : this.end(queryRunner);
  }

  private begin(queryRunner: QueryRunner): Promise<void> | undefined {
    const open = this.open.get(queryRunner);
    if (open) open.told = true;
    return open && this.revisions.changing([...open.subjects]);
  }

  private end(queryRunner: QueryRunner): Promise<void> | undefined {
    const open = this.open.get(queryRunner);
    this.open.delete(queryRunner);
    return open?.told ? this.revisions.changed([...open.subjects]) : undefined;
  }
}
