import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { ConsentTranslation, ConsentVersion } from './consent.entity.js';
import { hashOfText, type Translation } from './translations.js';

interface NewVersion {
  consentId: number;
  number: number;
  effectiveAt: Date;
  reacceptance: boolean;
}

@Injectable()
export class ConsentVersionsRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Writes a version with its translations, the default one first. */
  async add(version: NewVersion, translations: readonly Translation[]): Promise<ConsentVersion> {
    const textHash = hashOfText(translations[0]?.text ?? '');
    const row = Object.assign(new ConsentVersion(), { ...version, textHash, createdAt: this.clock.now() });
    const saved = await this.work.repository(ConsentVersion).save(row);
    for (const translation of translations) await this.work.repository(ConsentTranslation).insert({ ...translation, versionId: saved.id });
    return saved;
  }

  /** With its translations. */
  async remove(id: number): Promise<void> {
    await this.work.repository(ConsentVersion).delete({ id });
  }

  of(consentId: number) {
    return this.work.repository(ConsentVersion).createQueryBuilder('version').where('version.consentId = :consentId', { consentId });
  }

  /** Also one that is not in effect yet. */
  newest(consentId: number): Promise<ConsentVersion> {
    return this.work.repository(ConsentVersion).findOneOrFail({ where: { consentId }, order: { number: 'DESC' } });
  }

  /** What is and was in effect, by consent; the current version first. */
  async inEffect(consentIds: readonly number[]): Promise<Map<number, [ConsentVersion, ...ConsentVersion[]]>> {
    const rows = await this.work.repository(ConsentVersion).find({
      where: { consentId: In([...new Set(consentIds)]), effectiveAt: LessThanOrEqual(this.clock.now()) },
      order: { number: 'DESC' },
    });
    const byConsent = new Map<number, [ConsentVersion, ...ConsentVersion[]]>();
    for (const row of rows) {
      const versions = byConsent.get(row.consentId);
      if (versions) versions.push(row);
      else byConsent.set(row.consentId, [row]);
    }
    return byConsent;
  }

  async current(consentId: number): Promise<ConsentVersion> {
    const version = (await this.inEffect([consentId])).get(consentId)?.[0];
    if (!version) throw new Error(`The consent ${consentId} is without a version in effect.`);
    return version;
  }

  /** By version; the default first. */
  async translationsOf(versionIds: readonly number[]): Promise<Map<number, ConsentTranslation[]>> {
    const rows = await this.work.repository(ConsentTranslation).find({ where: { versionId: In(versionIds) }, order: { id: 'ASC' } });
    return new Map(versionIds.map((id) => [id, rows.filter(({ versionId }) => versionId === id)]));
  }

  async translations(ids: readonly number[]): Promise<Map<number, ConsentTranslation>> {
    const rows = await this.work.repository(ConsentTranslation).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }
}
