/** SQL: the ids of the customers that the console user `:reachOwner` owns or represents. */
export const OWN_CUSTOMERS =
  'SELECT owned.id FROM customers owned WHERE owned.owner_id = :reachOwner ' +
  'UNION SELECT represented.customer_id FROM customer_sales_representatives represented WHERE represented.user_id = :reachOwner';

/** SQL: the ids of the customer `:reachCustomer` and of all below it. */
export const CUSTOMERS_BELOW = 'SELECT below.descendant_id FROM customer_paths below WHERE below.ancestor_id = :reachCustomer';
