/** Customer users have other roles than before. */
export class CustomerUserRolesChanged {
  constructor(readonly customerUserIds: readonly number[]) {}
}

/** A customer has a copy of a role now that his people are to have in place of it. */
export class CustomerUserRoleCustomized {
  constructor(
    readonly roleId: number,
    readonly copyId: number,
    readonly customerId: number,
  ) {}
}

/** A role is for the people of one customer alone from now on. */
export class CustomerUserRoleGivenToCustomer {
  constructor(
    readonly roleId: number,
    readonly customerId: number,
  ) {}
}
