export interface Form {
  readonly file?: string | Buffer;
  readonly fileName?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** The name of the file's part. */
  readonly part?: string;
  readonly fileFirst?: boolean;
  readonly mediaType?: string;
}

const BOUNDARY = 'a-boundary-that-no-file-has';

/** A form with a file as a browser sends it. */
export function multipart({
  file,
  fileName = 'gadgets.csv',
  fields = {},
  part = 'file',
  fileFirst = false,
  mediaType = 'text/csv',
}: Form): {
  body: Buffer;
  type: string;
} {
  const texts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part}"; filename="${fileName}"\r\nContent-Type: ${mediaType}\r\n\r\n`;
  const files = file === undefined ? [] : [Buffer.concat([Buffer.from(head), Buffer.from(file), Buffer.from('\r\n')])];
  const parts = fileFirst ? [...files, ...texts] : [...texts, ...files];
  return { body: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]), type: `multipart/form-data; boundary=${BOUNDARY}` };
}
