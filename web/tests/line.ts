/** A transport that only remembers what it was given; what is tested is everything above it. */
import type { ClientMessage } from "$lib/wire/messages";
import type { Listener, OpenTransport } from "$lib/wire/transport";

export class Line {
  listener: Listener;
  sent: string[] = [];
  closed = false;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }

  /** What was sent since the last look. */
  take(): ClientMessage[] {
    return this.sent.splice(0).map((text) => JSON.parse(text) as ClientMessage);
  }

  /** Anything: others publish to a user's channel too. */
  say(...messages: unknown[]): void {
    for (const message of messages) this.listener.text(JSON.stringify(message));
  }
}

/** Every line that was opened, the last one being the current. */
export class Exchange {
  lines: Line[] = [];

  open: OpenTransport = (listener) => {
    const line = new Line(listener);
    this.lines.push(line);
    return line;
  };

  get last(): Line {
    const line = this.lines.at(-1);
    if (!line) throw new Error("nothing was opened");
    return line;
  }
}
