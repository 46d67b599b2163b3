/** A customer has another name. */
export class CustomerRenamed {
  static readonly type = 'customer.renamed';
  constructor(readonly customerId: number) {}
}
