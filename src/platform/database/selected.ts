import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** Members of an entity in a statement of one's own words. */
export interface Selected<T> {
  /** The list of their columns. */
  readonly sql: string;
  /** What a row that the database answers says of them. */
  read(raw: Record<string, unknown>): T;
}

/** These members of an entity whose table has that alias. To be kept: looking them up takes longer than reading a row. */
export function selected<T extends ObjectLiteral, K extends keyof T & string>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  alias: string,
  members: readonly K[],
): Selected<Pick<T, K>> {
  const { driver } = manager.dataSource;
  const metadata = manager.dataSource.getMetadata(entity);
  const columns = members.map((member) => {
    const column = metadata.findColumnWithPropertyName(member);
    if (!column) throw new Error(`${metadata.name} has no member ${member}.`);
    return { column, member, key: `${alias}_${column.databaseName}`, isText: column.type === 'varchar' };
  });
  return {
    sql: columns.map(({ column, key }) => `${alias}.${driver.escape(column.databaseName)} AS ${driver.escape(key)}`).join(', '),
    read: (raw) => {
      const row: Record<string, unknown> = {};
      for (const { column, member, key, isText } of columns)
        row[member] = isText ? raw[key] : (driver.prepareHydratedValue(raw[key], column) as unknown);
      return row as Pick<T, K>;
    },
  };
}
