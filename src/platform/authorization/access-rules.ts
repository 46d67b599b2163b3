import { applyDecorators, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Permission } from './permissions.js';

export const ACCESS_RULE = 'platform:access-rule';

/** Who may call a route. A route without a rule is denied. */
export type AccessRule =
  { kind: 'permission'; permissions: readonly string[] } | { kind: 'authenticated'; applications: boolean } | { kind: 'public' };

const rule = (value: AccessRule) => SetMetadata(ACCESS_RULE, value);

/**
 * The caller must hold `permission` at some level; which records it reaches is the query's business. Of several, one is enough to come
 * in: which of them it takes depends on the record, and the handler says so.
 */
export const RequirePermission = (...oneOf: [Permission, ...Permission[]]) => {
  const permissions = oneOf.map(({ name }) => name);
  return applyDecorators(
    rule({ kind: 'permission', permissions }),
    ApiBearerAuth(),
    ApiExtension('x-required-permission', permissions.join(' ')),
  );
};

/**
 * Anybody who is logged in on the route's side. No scope names such a route, so an application is let in only where `applications` says
 * that any token of its will do.
 */
export const Authenticated = ({ applications = false } = {}) =>
  applyDecorators(rule({ kind: 'authenticated', applications }), ApiBearerAuth());

/** Everybody. */
export const Public = () => rule({ kind: 'public' });

export const accessRuleOf = (handler: ReturnType<ExecutionContext['getHandler']>): AccessRule | undefined =>
  Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule | undefined;
