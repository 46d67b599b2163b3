import { Injectable } from '@nestjs/common';

/** What is too much for an import. */
@Injectable()
export class ImportLimits {
  uploadBytes = 1_073_741_824;
  rows = 5_000_000;
}
