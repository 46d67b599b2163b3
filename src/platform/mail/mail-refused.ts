/** A mail was not accepted. `permanent`: trying the same message again would be refused again. */
export class MailRefused extends Error {
  constructor(
    message: string,
    readonly permanent: boolean,
    /** What the mail server answered, where one did. */
    readonly response?: string,
  ) {
    super(message);
    this.name = 'MailRefused';
  }
}

/** What nodemailer attaches to its errors. */
interface TransportFault {
  message?: string;
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

// Only these speak of the message; a refusal of the greeting, of STARTTLS or of the credentials speaks of the server or its set-up, and passes.
const ABOUT_THE_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA', 'API']);

/** Tells refusals of the message itself from troubles on the way, after RFC 5321, 4.2.1: 5yz is permanent, 4yz passes. */
export function refusalOf(error: unknown): MailRefused {
  const { message = 'unknown', code, command, response, responseCode } = (error ?? {}) as TransportFault;
  const aboutTheMessage = ABOUT_THE_MESSAGE.has(command ?? '') && (code === 'EENVELOPE' || code === 'EMESSAGE');
  // 503 says that the session was in the wrong state, not that the message was refused.
  const permanent = aboutTheMessage && (responseCode === undefined || (responseCode >= 500 && responseCode !== 503));
  return new MailRefused(response ?? message, permanent, response);
}
