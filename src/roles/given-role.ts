import type { PermissionMatrix } from '../platform/context/index.js';

type Members = Pick<GivenRole, 'id' | 'organizationId' | 'code' | 'label' | 'customerId'>;

/** A role as those know it who give it to people. */
export class GivenRole {
  readonly id: number;
  readonly organizationId: number;
  readonly code: string;
  readonly label: string;
  /** `null`: for every customer. */
  readonly customerId: number | null;

  constructor(
    { id, organizationId, code, label, customerId }: Members,
    private readonly allowed: () => PermissionMatrix,
  ) {
    Object.assign(this, { id, organizationId, code, label, customerId });
  }

  /** All that it allows; worked out when asked for, as most never ask. */
  get rights(): PermissionMatrix {
    return this.allowed();
  }
}
