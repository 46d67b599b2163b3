/** A customer has another name. */
export class CustomerRenamed {
  constructor(readonly customerId: number) {}
}

/** A customer is about to go: what belongs to it alone, and keeps nobody from deleting it, goes before it. */
export class CustomerDeleted {
  constructor(readonly customerId: number) {}
}
