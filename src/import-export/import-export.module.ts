import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { HttpModule } from '../platform/http/index.js';
import { UsersModule } from '../users/index.js';
import { ClaimsRepository } from './claims.repository.js';
import { ErrorFiles } from './error-files.js';
import { ExportRunner } from './export-runner.js';
import { ExportWriting } from './export-writing.js';
import { Export } from './export.entity.js';
import { ExportsController } from './exports.controller.js';
import { Exports } from './exports.service.js';
import { FilesKeeper } from './files-keeper.js';
import { Forgetting } from './forgetting.js';
import { ImportBatches } from './import-batches.js';
import { ImportEndings } from './import-endings.js';
import { ExportCapability, ImportCapability } from './import-export.permissions.js';
import { ImportFollower } from './import-follower.js';
import { ImportLimits } from './import-limits.js';
import { ImportPreparation } from './import-preparation.js';
import { ImportRunner } from './import-runner.js';
import { ImportTemplatesController } from './import-templates.controller.js';
import { Import, ImportClaim, ImportDifference, ImportError } from './import.entity.js';
import { ImportsController } from './imports.controller.js';
import { Imports } from './imports.service.js';
import { ImportedData } from './imported-data.js';
import { Profiles } from './profiles.js';
import { RowsAbout } from './rows-about.js';
import { RunOwners } from './run-owners.js';
import { Uploads } from './uploads.service.js';

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
    Uploads,
    Imports,
    ErrorFiles,
    ImportLimits,
    ImportFollower,
    ImportRunner,
    ImportPreparation,
    ImportBatches,
    ImportEndings,
    ClaimsRepository,
    Exports,
    ExportRunner,
    ExportWriting,
    RowsAbout,
    ImportedData,
    Forgetting,
    ...contributePermissions(ImportCapability, ExportCapability),
  ],
})
export class ImportExportModule {}
