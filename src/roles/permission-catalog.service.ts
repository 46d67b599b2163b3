import { Injectable } from '@nestjs/common';
import { type Action, ACTIONS, type EntityPermissions, PERMISSION_GROUPS, PermissionCatalog } from '../platform/authorization/index.js';
import { type Level, LEVELS, type Side } from '../platform/context/index.js';
import type { EntityRow, PermissionCatalogView } from './permission-catalog.dto.js';

type Words = readonly [label: string, description: string];

const NONE: Words = ['None', 'Nothing.'];

const LEVEL_WORDS: Record<Side, Partial<Record<Level, Words>>> = {
  backend: {
    none: NONE,
    own: ['Own', 'What one owns or represents, and what belongs to the customers that one owns or represents.'],
    organization: ['Organization', 'Everything of the own organization.'],
    global: ['Global', 'Everything of every organization; for who has no global access, of the own one.'],
  },
  storefront: {
    none: NONE,
    own: ['Own', 'What belongs to oneself.'],
    customer: ['Same customer', 'What belongs to the own customer.'],
    hierarchy: ['Customer and below', 'What belongs to the own customer and to all below it, never to one above.'],
    full: ['Full', 'Everything of the organization: for what has no owner.'],
  },
};

const ACTION_LABELS: Record<Action, string> = { view: 'View', create: 'Create', edit: 'Edit', delete: 'Delete', assign: 'Assign' };

/** The permission catalog as a matrix that a screen draws as it is. */
@Injectable()
export class PermissionCatalogs {
  constructor(private readonly catalog: PermissionCatalog) {}

  of(side: Side): PermissionCatalogView {
    const [entities, capabilities] = [this.catalog.entities(side), this.catalog.capabilities(side)];
    const groups = PERMISSION_GROUPS.map((group) => ({
      group,
      entities: inOrder(entities.filter((entry) => entry.group === group).map((entry) => rowOf(side, entry))),
      capabilities: inOrder(
        capabilities
          .filter((entry) => entry.group === group)
          .map(({ name, label, description }) => ({ capability: name, label, description })),
      ),
    }));
    return {
      levels: LEVELS[side].map((level) => {
        const [label, description] = LEVEL_WORDS[side][level] ?? NONE;
        return { level, label, description };
      }),
      actions: ACTIONS.map((action) => ({ action, label: ACTION_LABELS[action] })),
      groups: groups.filter((group) => group.entities.length + group.capabilities.length > 0),
    };
  }
}

function rowOf(side: Side, { entity, label, description, permissions, levels }: EntityPermissions): EntityRow {
  const cells = permissions.map((permission) => [
    permission.action,
    { permission: permission.name, label: permission.label, levels: levels[side] ?? [] },
  ]);
  return { entity, label, description, actions: Object.fromEntries(cells) as EntityRow['actions'] };
}

const inOrder = <T extends { label: string }>(rows: T[]): T[] => rows.sort((one, other) => (one.label < other.label ? -1 : 1));
