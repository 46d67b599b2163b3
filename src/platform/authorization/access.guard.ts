import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { CurrentContext, type Principal, type Side } from '../context/index.js';
import { DomainError } from '../errors/index.js';
import { accessRuleOf } from './access-rules.js';
import { BearerGuard } from './bearer.guard.js';
import { PermissionMissing, PersonRequired, ScopeMissing, TokenRefused } from './token-refused.js';

export const SIDE = 'platform:side';

/** Holds every route to its one access rule. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly bearer: BearerGuard,
    private readonly context: CurrentContext,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const rule = accessRuleOf(execution.getHandler());
    if (!rule) throw new DomainError('forbidden', 'auth.undeclared', 'The route says nobody may call it: it has no access rule.');
    if (rule.kind === 'public') return true;
    await this.bearer.canActivate(execution);
    const principal = execution.switchToHttp().getRequest<{ user: Principal }>().user;
    refuseOtherSide(principal, Reflect.getMetadata(SIDE, execution.getClass()) as Side | undefined);
    this.context.get().principal = principal;
    if (rule.kind === 'permission') requirePermission(principal, ...rule.permissions);
    else if (principal.application && !rule.applications) throw new PersonRequired();
    return true;
  }
}

function refuseOtherSide(principal: Principal, side: Side | undefined): void {
  if (principal.side === side) return;
  const api = side === 'backend' ? 'admin' : 'storefront';
  throw new TokenRefused('auth.wrong_audience', `The ${api} API does not take a token for the audience ${principal.side}.`);
}

/** Refuses a principal who lacks all of the permissions, or acts through an application whose scopes include none that he has. */
export function requirePermission(principal: Principal, ...oneOf: string[]): void {
  const inScope = requireScope(principal, ...oneOf);
  if (!inScope.some((name) => principal.rights.holds(name))) throw new PermissionMissing(inScope.join(' or '));
}

/** Those of the permissions that are in the caller's scopes. Refuses an application that has none of them. */
export function requireScope({ application }: Principal, ...oneOf: string[]): string[] {
  const inScope = application ? oneOf.filter((name) => application.scopes.includes(name)) : oneOf;
  if (inScope.length === 0) throw new ScopeMissing(oneOf);
  return inScope;
}
