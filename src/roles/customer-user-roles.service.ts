import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { type Permission, StoredRights } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext, type Level, reaches, Rights } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { CustomerUserRole } from './customer-user-role.entity.js';
import { GivenRole } from './given-role.js';
import { PREDEFINED_ROLES } from './predefined-roles.js';
import { RoleViews } from './role-views.js';
import { RoleMatrixView, type RoleView } from './roles.dto.js';
import { roleListing } from './roles.listing.js';
import { RolePermission } from './roles.permissions.js';
import { RolesRepository } from './roles.repository.js';

@Injectable()
export class CustomerUserRoles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: RolesRepository,
    private readonly shown: RoleViews,
    private readonly rights: StoredRights,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<RoleView>> {
    const { rows, page } = await roleListing.page(this.roles.reached(), request);
    return { items: await this.shown.ofAll(rows), page };
  }

  async get(id: number): Promise<RoleView> {
    return this.shown.of(await this.roles.get(id));
  }

  async permissions(id: number): Promise<RoleMatrixView> {
    const row = await this.roles.get(id);
    return new RoleMatrixView(this.rights.of('storefront', row), row.version);
  }

  /** A role that the caller may give to people, and that nobody changes until the open unit of work ends. Throws `PermissionMissing`. */
  async getToAssign(id: number): Promise<GivenRole> {
    await this.roles.lock(id);
    return this.givenOf(await this.roles.getFor(id, RolePermission.assign));
  }

  /** Roles of the organization by id, which nobody changes until the unit of work, if one is open, ends; whoever acts. */
  async findAll(organizationId: number, ids: readonly number[]): Promise<GivenRole[]> {
    return this.given(await this.roles.findAll(organizationId, ids));
  }

  /**
   * Those that may be given to people of a customer. Customer users know of no others than these: a role of another customer, or one that
   * is not public, is not there for them, unless somebody has it already.
   */
  async findGivable(
    { organizationId, customerId, held = [] }: { organizationId: number; customerId?: number; held?: readonly number[] },
    ids: readonly number[],
  ): Promise<GivenRole[]> {
    const rows = await this.roles.findAll(organizationId, ids);
    if (this.context.findPrincipal()?.side !== 'storefront') return this.given(rows);
    const isKnown = (row: CustomerUserRole) => (row.customerId === null ? row.public : row.customerId === customerId);
    return this.given(rows.filter((row) => held.includes(row.id) || isKnown(row)));
  }

  /** Roles of the organization by code; whoever acts. */
  findByCodes(organizationId: number, codes: readonly string[]): Promise<GivenRole[]> {
    return this.rows({ organizationId, code: In([...new Set(codes)]) });
  }

  /** The roles that people of a customer may have: those for every customer and, where one is named, his own; whoever acts. */
  async forCustomer(organizationId: number, customerId?: number): Promise<GivenRole[]> {
    const own = customerId === undefined ? [] : await this.rows({ organizationId, customerId });
    return [...(await this.rows({ organizationId, customerId: IsNull() })), ...own];
  }

  /** For each of the permissions, the roles that give people of a customer at least this level of it; whoever acts. */
  async giving(organizationId: number, customerId: number, permissions: readonly Permission[], level: Level): Promise<number[][]> {
    const roles = (await this.forCustomer(organizationId, customerId)).map(({ id, rights }) => ({ id, rights: new Rights([rights]) }));
    return permissions.map(({ name }) => roles.flatMap(({ id, rights }) => (reaches(rights.level(name), level) ? [id] : [])));
  }

  /** The roles that every organization starts with. */
  async createPredefined(organizationId: number): Promise<{ buyerId: number; visitorId: number }> {
    const now = this.clock.now();
    const save = (role: (typeof PREDEFINED_ROLES)[keyof typeof PREDEFINED_ROLES]) =>
      this.work.repository(CustomerUserRole).save({
        ...role,
        organizationId,
        customerId: null,
        customerKey: 0,
        originalId: null,
        createdAt: now,
        updatedAt: now,
      } as CustomerUserRole);
    await save(PREDEFINED_ROLES.administrator);
    const buyer = await save(PREDEFINED_ROLES.buyer);
    const visitor = await save(PREDEFINED_ROLES.visitor);
    return { buyerId: buyer.id, visitorId: visitor.id };
  }

  private async rows(where: object): Promise<GivenRole[]> {
    return this.given(await this.work.repository(CustomerUserRole).find({ where, order: { id: 'ASC' } }));
  }

  private given(rows: readonly CustomerUserRole[]): GivenRole[] {
    return rows.map((row) => this.givenOf(row));
  }

  private givenOf(row: CustomerUserRole): GivenRole {
    return new GivenRole(row, () => this.rights.of('storefront', row));
  }
}
