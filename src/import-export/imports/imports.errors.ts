import { DomainError, InvalidInput, type MemberFault } from '../../platform/errors/index.js';
import { columnFor } from './header.js';
import type { ImportColumn } from './import-column.js';

export class UnknownEntity extends InvalidInput {
  constructor(known: readonly { readonly entity: string }[]) {
    const names = known.map(({ entity }) => entity).join(', ');
    super([{ pointer: '/entity', code: 'not_one_of', detail: `entity must be one of the following values: ${names}.` }]);
  }
}

/** An import writes history; what its rows change is kept of validations alone. */
export class DifferencesOfImport extends InvalidInput {
  constructor() {
    super([
      { pointer: '/differences', code: 'imports.differences_of_import', detail: 'Differences are kept with the mode validate alone.' },
    ]);
  }
}

/** The same file was imported a moment ago, with the same options. */
export class SameFile extends DomainError {
  constructor(id: number) {
    super('conflict', 'imports.same_file', `The same file is import ${id}, started a moment ago. Send force=true to import it again.`);
  }
}

export class AlreadyFinished extends DomainError {
  constructor() {
    super('conflict', 'imports.already_finished', 'The import has come to its end already.');
  }
}

/** Refuses a mapping to columns that there are not. */
export function refuseMapping(mapping: Readonly<Record<string, unknown>>, known: readonly ImportColumn<object>[]): void {
  const faults = Object.entries(mapping).flatMap(([header, name]): MemberFault[] => {
    const pointer = `/mapping/${header.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (typeof name !== 'string') return [{ pointer, code: 'not_a_string', detail: 'The mapping must name a column.' }];
    if (columnFor(name, known)) return [];
    return [{ pointer, code: 'imports.unknown_column', detail: `There is no column ${name.slice(0, 100)}.` }];
  });
  if (faults.length > 0) throw new InvalidInput(faults);
}
