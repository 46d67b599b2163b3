import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { FileHolder } from '../../platform/expected-files/index.js';
import { Attachment } from './attachment.entity.js';

/** The files of attachments. */
@Injectable()
export class AttachedFiles extends FileHolder {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  holds(fileKey: string): Promise<boolean> {
    return this.work.repository(Attachment).existsBy({ fileKey });
  }
}
