import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { AcceptanceProofs } from './acceptance-proofs.service.js';
import { ConsentData } from './consent-data.js';
import { ConsentDemands } from './consent-demands.js';
import { ConsentLedger } from './consent-ledger.service.js';
import { ConsentOffers } from './consent-offers.service.js';
import { ConsentReadings } from './consent-readings.js';
import { ConsentReferences } from './consent-references.js';
import { ConsentWebsites } from './consent-websites.js';
import { ConsentVersionsRepository } from './consent-versions.repository.js';
import { Consent, ConsentPlacement, ConsentTranslation, ConsentVersion, ConsentWebsite } from './consent.entity.js';
import { ConsentsController } from './consents.controller.js';
import { ConsentPermission } from './consents.permissions.js';
import { ConsentsRepository } from './consents.repository.js';
import { Consents } from './consents.service.js';
import { LedgerVerification } from './ledger-verification.js';
import { LedgerEntry, LedgerHead, LedgerOrigin } from './ledger.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import { MyConsentsController } from './my-consents.controller.js';
import { MyConsents } from './my-consents.service.js';
import { StorefrontConsentsController } from './storefront-consents.controller.js';

@Module({
  imports: [
    OrganizationsModule,
    TypeOrmModule.forFeature([
      Consent,
      ConsentWebsite,
      ConsentPlacement,
      ConsentVersion,
      ConsentTranslation,
      LedgerEntry,
      LedgerHead,
      LedgerOrigin,
    ]),
  ],
  controllers: [ConsentsController, StorefrontConsentsController, MyConsentsController],
  providers: [
    AcceptanceProofs,
    Consents,
    ConsentLedger,
    ConsentData,
    ConsentDemands,
    ConsentOffers,
    ConsentReadings,
    ConsentReferences,
    ConsentsRepository,
    ConsentVersionsRepository,
    ConsentWebsites,
    LedgerRepository,
    LedgerVerification,
    MyConsents,
    ...contributePermissions(ConsentPermission),
  ],
  exports: [AcceptanceProofs, Consents, ConsentDemands, ConsentLedger, ConsentOffers],
})
export class ConsentsModule {}
