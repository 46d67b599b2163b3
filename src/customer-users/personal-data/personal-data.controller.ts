import { HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, CommitsInParts, IdParam, streamedJson, Unversioned } from '../../platform/http/index.js';
import { CustomerUserView } from '../customer-users.dto.js';
import { Erasures } from './erasures.service.js';
import { PersonalDataView } from './personal-data.dto.js';
import { PersonalDataPermission } from './personal-data.permissions.js';
import { PersonalDataExports } from './personal-data-exports.service.js';

@AdminController('customer-users', 'Customer users')
export class PersonalDataController {
  constructor(
    private readonly exports: PersonalDataExports,
    private readonly erasures: Erasures,
  ) {}

  /**
   * Collects all that is held about the person, and sends it while it is read: an answer that breaks off is not whole. That it was collected,
   * and by whom, is in his history.
   */
  @Post(':id/data-export')
  @HttpCode(200)
  @Unversioned()
  @CommitsInParts()
  @RequirePermission(PersonalDataPermission.view)
  @ApiOkResponse({ type: PersonalDataView })
  async export(@IdParam() id: number): Promise<StreamableFile> {
    return streamedJson(await this.exports.collect(id));
  }

  /**
   * Replaces all that says who the person is, for ever: he can never log in again, and his record never changes again. What must be kept,
   * documents and the ledger of consents, stays under his id.
   */
  @Post(':id/erase')
  @HttpCode(200)
  @RequirePermission(PersonalDataPermission.delete)
  erase(@IdParam() id: number): Promise<CustomerUserView> {
    return this.erasures.erase(id);
  }
}
