import { Injectable } from '@nestjs/common';
import { CustomerUserPlaces } from '../customer-users/index.js';
import { Customers } from '../customers/index.js';
import { OrganizationChoice } from '../organizations/index.js';
import { type Permission, PermissionMissing, requirePermission } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { History } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { CommerceDocument } from './commerce-document.entity.js';
import { historyOf } from './document-history.js';
import type { DocumentKind } from './document-kinds.js';
import { DocumentViews } from './document-views.js';
import type { DocumentDraft, DocumentView } from './documents.dto.js';
import { customerUnknown, customerUserElsewhere, customerUserUnknown, ExternalIdTaken, NothingToMatch } from './documents.errors.js';
import { documentListing } from './documents.listing.js';
import { DocumentsRepository } from './documents.repository.js';

/** Where a document is found: the organization is the caller's own when left out. */
export interface DocumentKey {
  readonly kind: DocumentKind;
  readonly externalId: string;
  readonly organizationId: number | undefined;
}

@Injectable()
export class CommerceDocuments {
  constructor(
    private readonly work: UnitOfWork,
    private readonly documents: DocumentsRepository,
    private readonly views: DocumentViews,
    private readonly choice: OrganizationChoice,
    private readonly customers: Customers,
    private readonly people: CustomerUserPlaces,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** Those of one kind, all or of a customer or customer user. */
  async list(kind: DocumentKind, request: ListRequest, of: Partial<CommerceDocument> = {}): Promise<Page<DocumentView>> {
    const query = this.documents.of(kind).reached();
    for (const [member, id] of Object.entries(of)) query.andWhere(`document.${member} = :${member}`, { [member]: id });
    const { rows, page } = await documentListing.page(query, request);
    return { items: await this.views.ofAll(rows), page };
  }

  async get(key: DocumentKey): Promise<DocumentView> {
    const rows = this.documents.of(key.kind);
    const organizationId = await this.choice.choose(key.kind.permissions.view, key.organizationId);
    return this.views.of(await rows.get(await rows.getId(organizationId, key.externalId)));
  }

  /** Makes the document, or puts this one in the place of the one that is there. */
  async put(key: DocumentKey, draft: DocumentDraft): Promise<{ document: DocumentView; isNew: boolean }> {
    const attempt = () => this.work.run(() => this.write(key, draft));
    try {
      return await attempt();
    } catch (error) {
      // Somebody made it since we looked: it is there now, and this one replaces it.
      if (!(error instanceof ExternalIdTaken)) throw error;
      return attempt();
    }
  }

  remove({ kind, externalId, organizationId: wanted }: DocumentKey): Promise<void> {
    return this.work.run(async () => {
      const rows = this.documents.of(kind);
      const organizationId = await this.choice.choose(kind.permissions.delete, wanted);
      const document = await rows.getForChange(await rows.getId(organizationId, externalId), kind.permissions.delete);
      await rows.remove(document.id);
      await this.history.deleted(historyOf(kind.entity), document);
    });
  }

  private async write({ kind, externalId, organizationId: wanted }: DocumentKey, draft: DocumentDraft) {
    const { permissions } = kind;
    const rows = this.documents.of(kind);
    const organizationId = await this.choice.choose(permissions.edit, wanted);
    const id = await rows.findId(organizationId, externalId);
    if (id === undefined) {
      const document = await this.create(kind, { organizationId, externalId }, draft);
      return { document: await this.views.of(document), isNew: true };
    }
    await this.refuseBroken(organizationId, draft);
    const document = await rows.getForChange(id, permissions.edit);
    return { document: await this.views.of(await this.replace(kind, document, draft)), isNew: false };
  }

  private async create(kind: DocumentKind, key: Pick<CommerceDocument, 'organizationId' | 'externalId'>, draft: DocumentDraft) {
    const { create } = kind.permissions;
    requirePermission(this.context.principal(), create.name);
    if (this.context.get().ifMatch !== undefined) throw new NothingToMatch();
    await this.refuseBroken(key.organizationId, draft);
    const now = this.clock.now();
    const stamps = { placedAt: now, createdAt: now, updatedAt: now };
    const document = Object.assign(new CommerceDocument(), { ...key, kind: kind.entity, ...stamps, ...membersOf(draft) });
    const saved = await this.documents.of(kind).save(document);
    await this.refuseBeyondReach(kind, saved.id, create);
    await this.history.created(historyOf(kind.entity), saved);
    return saved;
  }

  private async replace(kind: DocumentKind, document: CommerceDocument, draft: DocumentDraft): Promise<CommerceDocument> {
    const before = { ...document };
    const members = membersOf(draft);
    if (!differ(before, members)) return document;
    const saved = await this.documents.of(kind).save(Object.assign(document, members, { updatedAt: this.clock.now() }));
    await this.refuseBeyondReach(kind, saved.id, kind.permissions.edit);
    await this.history.changed(historyOf(kind.entity), before, saved);
    return saved;
  }

  /** Nobody puts a document where he could not have put it: a sales representative with a stranger's customer. */
  private async refuseBeyondReach(kind: DocumentKind, id: number, permission: Permission): Promise<void> {
    const reached = this.documents.of(kind).reached(permission).andWhere('document.id = :id', { id });
    if (!(await reached.getExists())) throw new PermissionMissing(permission.name);
  }

  private async refuseBroken(organizationId: number, { customerId, customerUserId }: DocumentDraft): Promise<void> {
    const faults: MemberFault[] = [];
    if (!(await this.customers.findReached(customerId, organizationId))) faults.push(customerUnknown);
    // Locked, so that he does not move or go before the document is there to hold him.
    const person = customerUserId == null ? undefined : await this.people.lock(customerUserId);
    if (customerUserId != null && person?.organizationId !== organizationId) faults.push(customerUserUnknown);
    else if (person && person.customerId !== customerId) faults.push(customerUserElsewhere);
    if (faults.length > 0) throw new InvalidInput(faults);
  }
}

/** What a draft makes of a document. When it was placed is no member to be cleared. */
function membersOf({ customerId, customerUserId, number, name, status, total, placedAt, url }: DocumentDraft) {
  return {
    customerId,
    customerUserId: customerUserId ?? null,
    number: number ?? null,
    name: name ?? null,
    status: status ?? null,
    totalAmount: total?.amount ?? null,
    currency: total?.currency ?? null,
    ...(placedAt != null && { placedAt: new Date(placedAt) }),
    url: url ?? null,
  };
}

const differ = (document: CommerceDocument, members: Partial<CommerceDocument>): boolean =>
  Object.entries(members).some(([member, value]) => valueOf(document[member as keyof CommerceDocument]) !== valueOf(value));

const valueOf = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);
