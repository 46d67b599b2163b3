/** Customer users have other roles than before. */
export class CustomerUserRolesChanged {
  static readonly type = 'customer_user.roles_changed';
  constructor(readonly customerUserIds: readonly number[]) {}
}
