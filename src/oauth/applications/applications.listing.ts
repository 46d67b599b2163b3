import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { ApiListing, defineListing, type Page } from '../../platform/listing/index.js';
import { OAuthApplicationView } from './applications.dto.js';
import { OWNER_TYPES } from './oauth-application.entity.js';

export const applicationListing = defineListing({
  id: 'application.id',
  defaultSort: 'name',
  fields: {
    id: { column: 'application.id', type: 'id', sort: true },
    name: { column: 'application.name', type: 'text', sort: true },
    organizationId: { column: 'application.organizationId', type: 'id' },
    active: { column: 'application.active', type: 'boolean', description: 'The status.' },
    ownerType: { column: 'application.ownerType', type: 'enumerated', values: OWNER_TYPES },
    ownerId: { column: 'application.ownerId', type: 'id' },
    clientId: { column: 'application.clientId', type: 'text' },
    lastUsedAt: { column: 'application.lastUsedAt', type: 'instant', nullable: true, sort: true },
    createdAt: { column: 'application.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'application.updatedAt', type: 'instant', sort: true },
    secretExpiresAt: {
      type: 'instant',
      description: 'Of any secret of the application; `null` where none of them ends by itself.',
      exists: (_query, matches) =>
        `SELECT 1 FROM oauth_secrets s WHERE s.application_id = application.id AND s.expires_at IS NOT NULL AND ${matches('s.expires_at')}`,
    },
  },
});

export interface ApplicationPage extends Page<OAuthApplicationView> {
  /** Why no token can be had, where that is so. */
  warning: string | null;
}

/** {@link ApiListing}, with the warning beside the page. */
export const ApiApplicationListing = (): MethodDecorator =>
  applyDecorators(
    ApiListing(applicationListing, OAuthApplicationView),
    // After the page's own, in place of it.
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items', 'page', 'warning'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(OAuthApplicationView) } },
          page: {
            type: 'object',
            required: ['limit', 'next'],
            properties: { limit: { type: 'integer' }, next: { type: 'string', nullable: true }, total: { type: 'integer' } },
          },
          warning: { type: 'string', nullable: true, description: 'Why no token can be had, where that is so.' },
        },
      },
    }),
  );
