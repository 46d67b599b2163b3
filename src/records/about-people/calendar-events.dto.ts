import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  isTimeZone,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { Clearable, IsBody, IsEmailAddress, IsFlatList, IsId, IsInstant, IsLine, LeftOut } from '../../platform/http/index.js';
import { type Attendance, ATTENDANCES } from './calendar-event.entity.js';
import { RecordDraft, RecordView } from './record.dto.js';

/** Four weeks, as calendars take it. */
const LONGEST_REMINDER = 40_320;

const IsPlaceInTime = () =>
  ValidateBy({
    name: 'notATimeZone',
    validator: {
      validate: (value) => typeof value === 'string' && /^[A-Z][\w+/-]{1,63}$/i.test(value) && isTimeZone(value),
      defaultMessage: () => '$property must be a time zone of the IANA database, such as Europe/Berlin',
    },
  });

/** Somebody who is invited: a colleague by `userId`, anybody else by `email`. */
export class AttendeeDraft {
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 1 })
  userId?: number;

  @LeftOut()
  @IsEmailAddress()
  @ApiProperty({ example: 'jo.cho@supplier.example' })
  email?: string;

  /** A colleague's is known. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'Jo Cho', nullable: true })
  name?: string | null;

  @LeftOut()
  @IsIn(ATTENDANCES)
  @ApiProperty({ enum: ATTENDANCES, default: 'none' })
  status?: Attendance;
}

export class CalendarEventDraft extends RecordDraft {
  @IsLine(255)
  @ApiProperty({ example: 'Visit to hall 3' })
  title: string;

  @Clearable()
  @IsBody(20_000)
  @ApiProperty({ example: 'Look at the conveyor, talk about the frame contract.', nullable: true })
  description?: string | null;

  @IsInstant()
  @ApiProperty({ type: 'string', format: 'date-time', example: '2027-03-01T08:00:00.000Z' })
  startsAt: string;

  /** Not before the start. */
  @IsInstant()
  @ApiProperty({ type: 'string', format: 'date-time', example: '2027-03-01T09:30:00.000Z' })
  endsAt: string;

  /** Where the event is planned, a name of the IANA database; `UTC` when left out. */
  @LeftOut()
  @IsPlaceInTime()
  @ApiProperty({ example: 'Europe/Berlin', default: 'UTC' })
  timeZone?: string;

  /** The days in `timeZone` count, the times of day say nothing. */
  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: false })
  allDay?: boolean;

  /** All who are invited, each once. */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(100)
  @IsFlatList()
  @ValidateNested({ each: true })
  @Type(() => AttendeeDraft)
  @ApiProperty({ type: () => [AttendeeDraft] })
  attendees?: AttendeeDraft[];

  /** Minutes before the start at which calendars that show the event are to remind of it; the product itself sends nothing. */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(LONGEST_REMINDER, { each: true })
  @ApiProperty({ type: 'array', items: { type: 'integer', minimum: 0, maximum: LONGEST_REMINDER }, example: [15] })
  reminderMinutes?: number[];
}

export class CalendarEventChange extends PartialType(CalendarEventDraft, { skipNullProperties: false }) {}

export class AttendeeView {
  email: string;
  name: string | null;
  /** null where it is no colleague, or one who is gone. */
  userId: number | null;
  @ApiProperty({ enum: ATTENDANCES })
  status: Attendance;
}

export class CalendarEventView extends RecordView {
  title: string;
  description: string | null;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  allDay: boolean;
  attendees: AttendeeView[];
  reminderMinutes: number[];
}
