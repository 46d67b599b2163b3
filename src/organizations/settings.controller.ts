import { Body, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, Unversioned } from '../platform/http/index.js';
import { SettingPermission } from './organizations.permissions.js';
import { SettingChanges } from './setting-changes.service.js';
import { SettingDraft, SettingHolderQuery, SettingsView, SettingView } from './settings.dto.js';

@AdminController('settings', 'Settings')
export class SettingsController {
  constructor(private readonly settings: SettingChanges) {}

  @Get()
  @RequirePermission(SettingPermission.view)
  list(@Query() holder: SettingHolderQuery): Promise<SettingsView> {
    return this.settings.list(holder);
  }

  @Put(':key')
  @Unversioned()
  @RequirePermission(SettingPermission.edit)
  set(@Param('key') key: string, @Body() draft: SettingDraft): Promise<SettingView> {
    return this.settings.set(key, draft);
  }

  @Delete(':key')
  @Unversioned()
  @HttpCode(204)
  @RequirePermission(SettingPermission.edit)
  reset(@Param('key') key: string, @Query() holder: SettingHolderQuery): Promise<void> {
    return this.settings.reset(key, holder);
  }
}
