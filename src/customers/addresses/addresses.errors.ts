import { NotFound } from '../../platform/errors/index.js';

export class AddressMissing extends NotFound {
  constructor() {
    super('address');
  }
}
