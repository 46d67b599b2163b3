import { Injectable } from '@nestjs/common';

/** What is too much for an attachment. */
@Injectable()
export class AttachmentLimits {
  fileBytes = 26_214_400;
}
