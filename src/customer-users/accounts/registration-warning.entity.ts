import { Entity, ForeignKey } from 'typeorm';
import { Instant, KeyReference } from '../../platform/database/index.js';

/** When somebody was last warned that his address was registered with. */
@Entity('registration_warnings')
export class RegistrationWarning {
  @ForeignKey('customer_users', { name: 'fk_registration_warnings_customer_user', onDelete: 'CASCADE' })
  @KeyReference()
  customerUserId: number;

  @Instant()
  warnedAt: Date;
}
