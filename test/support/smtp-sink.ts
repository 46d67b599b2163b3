import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  recipients: string[];
  mail: ParsedMail;
}

/** A mail server that keeps what it takes over, for tests to read. */
export class SmtpSink {
  readonly received: ReceivedMail[] = [];
  connections = 0;
  /** What recipients are answered with; unset, they are accepted. */
  refusal: { code: number; text: string } | undefined;
  private readonly server: SMTPServer;
  private readonly sockets = new Set<Socket>();

  constructor(options: SMTPServerOptions = {}) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onConnect: (_session, done) => {
        this.connections++;
        done();
      },
      onRcptTo: (_address, _session, done) => done(this.refusal && replying(this.refusal.code, this.refusal.text)),
      onData: (stream, session, done) => {
        simpleParser(stream).then((mail) => {
          this.received.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), mail });
          done(null, 'queued as 42');
        }, done);
      },
      ...options,
    });
    // Clients that are killed reset their connections, which is no fault of the server.
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => this.sockets.add(socket));
  }

  /** Starts on a free port and answers the `SMTP_URL` that leads there. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection without a word, as a server does that dies. */
  drop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  close(done: () => void = () => undefined): void {
    this.server.close(done);
  }
}

/** An answer of the server, such as 550. */
export const replying = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
