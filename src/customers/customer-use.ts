/** Says what of a feature refers to a customer, so that the customer is not deleted under it. Features provide it, by extending the class. */
export abstract class CustomerUse {
  /** What refers to the customer, in words: `2 orders`. Whoever acts. */
  abstract uses(customerId: number): Promise<readonly string[]>;
}
