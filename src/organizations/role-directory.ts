/** The customer user roles that websites refer to. A module of a higher level provides it, by extending the class. */
export abstract class RoleDirectory {
  /** Makes the roles that every organization starts with; answers those that its website gives. */
  abstract createPredefined(organizationId: number): Promise<{ defaultRoleId: number; guestRoleId: number }>;

  /** Those of `ids` that a website of the organization may give: they are its own, and no single customer's. */
  abstract known(organizationId: number, ids: readonly number[]): Promise<Set<number>>;

  /**
   * Refuses roles, by where the caller names them, that allow more than he holds himself: a website gives them to whoever registers.
   * Throws `AboveOwnRights`.
   */
  abstract refuseAbove(organizationId: number, named: ReadonlyMap<string, number>): Promise<void>;

  /** Removes every role of an organization that goes. */
  abstract removeAll(organizationId: number): Promise<void>;
}
