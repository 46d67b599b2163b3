/** What a text has room for at first, in bytes. */
const ROOM = 65_536;

/** A UTF-16 unit takes so many bytes at most. */
const WIDEST = 3;

/**
 * A text that grows, as the UTF-8 that it becomes: a million short texts put together leave as much to the garbage collector as all the
 * rest of an export.
 */
export class Utf8Text {
  private bytes = Buffer.allocUnsafe(ROOM);
  private length = 0;

  add(text: string): void {
    const room = this.length + text.length * WIDEST;
    if (room > this.bytes.length) this.widen(room);
    let at = this.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) {
        this.length += this.bytes.write(text, this.length);
        return;
      }
      this.bytes[at++] = unit;
    }
    this.length = at;
  }

  /** All that was added, and begins anew. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.allocUnsafe(this.bytes.length);
    this.length = 0;
    return taken;
  }

  private widen(room: number): void {
    const wider = Buffer.allocUnsafe(Math.max(room, this.bytes.length * 2));
    this.bytes.copy(wider, 0, 0, this.length);
    this.bytes = wider;
  }
}
