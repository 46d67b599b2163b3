import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { HttpModule } from '../platform/http/index.js';
import { UsersModule } from '../users/index.js';
import { ClaimsRepository } from './imports/claims.repository.js';
import { ErrorFiles } from './imports/error-files.js';
import { ExportRunner } from './exports/export-runner.js';
import { ExportWriting } from './exports/export-writing.js';
import { Export } from './exports/export.entity.js';
import { ExportsController } from './exports/exports.controller.js';
import { Exports } from './exports/exports.service.js';
import { FilesKeeper } from './files-keeper.js';
import { Forgetting } from './forgetting.js';
import { ImportBatches } from './imports/import-batches.js';
import { ImportEndings } from './imports/import-endings.js';
import { ExportCapability, ImportCapability } from './import-export.permissions.js';
import { ImportFollower } from './imports/import-follower.js';
import { ImportPreparation } from './imports/import-preparation.js';
import { ImportRunner } from './imports/import-runner.js';
import { ImportTemplatesController } from './imports/import-templates.controller.js';
import { Import, ImportClaim, ImportDifference, ImportError } from './imports/import.entity.js';
import { ImportsController } from './imports/imports.controller.js';
import { Imports } from './imports/imports.service.js';
import { ImportedData } from './imports/imported-data.js';
import { Profiles } from './profiles.js';
import { BlottedRows } from './imports/blotted-rows.js';
import { RowsAbout } from './imports/rows-about.js';
import { RunFiles } from './run-files.js';
import { RunOwners } from './run-owners.js';
import { ImportUploads } from './imports/import-uploads.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Import, ImportError, ImportDifference, ImportClaim, Export]),
    HttpModule,
    OrganizationsModule,
    UsersModule,
  ],
  controllers: [ImportsController, ImportTemplatesController, ExportsController],
  providers: [
    Profiles,
    RunOwners,
    FilesKeeper,
    RunFiles,
    ImportUploads,
    Imports,
    ErrorFiles,
    ImportFollower,
    ImportRunner,
    ImportPreparation,
    ImportBatches,
    ImportEndings,
    ClaimsRepository,
    Exports,
    ExportRunner,
    ExportWriting,
    BlottedRows,
    RowsAbout,
    ImportedData,
    Forgetting,
    ...contributePermissions(ImportCapability, ExportCapability),
  ],
  exports: [Exports, Imports],
})
export class ImportExportModule {}
