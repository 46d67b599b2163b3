import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { CUSTOMERS_BELOW } from '../customers/index.js';
import { PermissionCatalog, within } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext, type PermissionMatrix } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { CustomerUserRole } from './customer-user-role.entity.js';
import { PREDEFINED_ROLES } from './predefined-roles.js';
import type { MatrixView, RoleView } from './roles.dto.js';
import { roleListing } from './roles.listing.js';
import { RolePermission } from './roles.permissions.js';

@Injectable()
export class CustomerUserRoles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly catalog: PermissionCatalog,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<RoleView>> {
    const { rows, page } = await roleListing.page(this.visible(), request);
    return { items: rows.map(viewOf), page };
  }

  async get(id: number): Promise<RoleView> {
    return viewOf(await this.getRow(id));
  }

  async permissions(id: number): Promise<MatrixView> {
    return this.effective(await this.getRow(id));
  }

  /** Roles of the organization by id; whoever acts. */
  findAll(organizationId: number, ids: readonly number[]): Promise<RoleView[]> {
    return this.rows({ organizationId, id: In([...new Set(ids)]) });
  }

  /** Roles of the organization by code; whoever acts. */
  findByCodes(organizationId: number, codes: readonly string[]): Promise<RoleView[]> {
    return this.rows({ organizationId, code: In([...new Set(codes)]) });
  }

  /** The roles that people of a customer may have: those for every customer and, where one is named, his own; whoever acts. */
  async forCustomer(organizationId: number, customerId?: number): Promise<RoleView[]> {
    const own = customerId === undefined ? [] : await this.rows({ organizationId, customerId });
    return [...(await this.rows({ organizationId, customerId: IsNull() })), ...own];
  }

  /** The roles that every organization starts with. */
  async createPredefined(organizationId: number): Promise<{ buyerId: number; visitorId: number }> {
    const now = this.clock.now();
    const save = (role: (typeof PREDEFINED_ROLES)[keyof typeof PREDEFINED_ROLES]) =>
      this.work
        .repository(CustomerUserRole)
        .save({ ...role, organizationId, customerId: null, customerKey: 0, createdAt: now, updatedAt: now } as CustomerUserRole);
    await save(PREDEFINED_ROLES.administrator);
    const buyer = await save(PREDEFINED_ROLES.buyer);
    const visitor = await save(PREDEFINED_ROLES.visitor);
    return { buyerId: buyer.id, visitorId: visitor.id };
  }

  /** What a role allows: its own matrix over its root level. */
  effective({ root, matrix }: Pick<CustomerUserRole, 'root' | 'matrix'>): PermissionMatrix {
    const base = this.catalog.matrix('storefront', root, root !== 'none');
    for (const [entity, actions] of Object.entries(matrix.permissions))
      base.permissions[entity] = { ...base.permissions[entity], ...actions };
    return { permissions: base.permissions, capabilities: { ...base.capabilities, ...matrix.capabilities } };
  }

  private async rows(where: object): Promise<RoleView[]> {
    return (await this.work.repository(CustomerUserRole).find({ where, order: { id: 'ASC' } })).map(viewOf);
  }

  private async getRow(id: number): Promise<CustomerUserRole> {
    const row = await this.visible().andWhere('role.id = :id', { id }).getOne();
    if (!row) throw new NotFound('role');
    return row;
  }

  private visible() {
    const query = this.work.repository(CustomerUserRole).createQueryBuilder('role');
    return within(query, this.context.principal(), RolePermission.view, {
      organization: 'role.organizationId',
      customer: 'role.customerId',
      below: CUSTOMERS_BELOW,
    });
  }
}

function viewOf({
  id,
  organizationId,
  code,
  label,
  customerId,
  selfManaged,
  public: isPublic,
  createdAt,
  updatedAt,
  version,
}: CustomerUserRole): RoleView {
  return { id, organizationId, code, label, customerId, selfManaged, public: isPublic, createdAt, updatedAt, version };
}
