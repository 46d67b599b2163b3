import { Entity } from 'typeorm';
import { Integer, KeyReference } from '../../platform/database/index.js';

/** How many mails one minute has seen, or will. */
@Entity('email_minutes')
export class EmailMinute {
  /** Counted from 1970. */
  @KeyReference() minute: number;

  @Integer() sent: number;

  /** Mails that were put off until then; whether there is room is looked at again. */
  @Integer() booked: number;
}
