const MIN_SLOTS = 1_024;
const HASH_BYTES = 8;

/** A set of 53-bit hashes, 8 bytes a slot. */
class HashSet {
  private slots = new Float64Array(MIN_SLOTS);
  private size = 0;

  values(): Float64Array {
    return this.slots.filter((hash) => hash !== 0);
  }

  has(hash: number): boolean {
    return this.slots[this.slotOf(hash)] === hash;
  }

  /** False when it was there already. */
  add(hash: number): boolean {
    const slot = this.slotOf(hash);
    if (this.slots[slot] === hash) return false;
    this.slots[slot] = hash;
    if (++this.size * 2 > this.slots.length) this.grow();
    return true;
  }

  private slotOf(hash: number): number {
    let slot = hash % this.slots.length;
    while (this.slots[slot] !== 0 && this.slots[slot] !== hash) slot = (slot + 1) % this.slots.length;
    return slot;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Float64Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.slots[this.slotOf(hash)] = hash;
  }
}

/**
 * The keys that a file has more than once, kept by hash: 16 MiB for a million of them. A collision makes a key look repeated that is
 * not, which costs a look at the database and changes no result.
 */
export class RepeatedKeys {
  private seen = new HashSet();
  private readonly repeated = new HashSet();

  note(key: string): void {
    const hash = hashOf(key);
    if (!this.seen.add(hash)) this.repeated.add(hash);
  }

  /** To be asked from now on: what is there once is forgotten. */
  closed(): this {
    this.seen = new HashSet();
    return this;
  }

  /** The keys that are there more than once, 8 bytes each. */
  toBytes(): Buffer {
    return Buffer.from(this.repeated.values().buffer);
  }

  /** What {@link toBytes} gave, to be asked and not added to. */
  static fromBytes(bytes: Buffer): RepeatedKeys {
    const keys = new RepeatedKeys();
    for (let at = 0; at < bytes.length; at += HASH_BYTES) keys.repeated.add(bytes.readDoubleLE(at));
    return keys;
  }

  has(key: string): boolean {
    return this.repeated.has(hashOf(key));
  }
}

/** Never 0, without regard to case. */
function hashOf(key: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  const text = key.toLowerCase();
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    one = Math.imul(one ^ code, 2_654_435_761);
    other = Math.imul(other ^ code, 1_597_334_677);
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
  other = Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & other) + (one >>> 0) || 1;
}
