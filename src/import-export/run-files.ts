import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { FileHolder } from '../platform/expected-files/index.js';
import { Export } from './exports/export.entity.js';
import { Import } from './imports/import.entity.js';

/** The files of imports and exports. */
@Injectable()
export class RunFiles extends FileHolder {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async holds(key: string): Promise<boolean> {
    if (await this.work.repository(Export).existsBy({ fileKey: key })) return true;
    return this.work
      .repository(Import)
      .createQueryBuilder('import')
      .where('import.fileKey = :key OR import.contentKey = :key OR import.scan LIKE :within', { key, within: `%${key}%` })
      .getExists();
  }
}
