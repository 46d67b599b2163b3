import { Injectable } from '@nestjs/common';
import { PROOF_TYPE, type ProofSignature, ProofSigner } from '../../consents/index.js';
import { signJws } from './jws.js';
import { jwkOf } from './key-files.js';
import { SigningKeys } from './signing-keys.js';

/** Signs proofs of consents with the key that signs tokens: it is published, and its header tells the one from the other. */
@Injectable()
export class ConsentProofSigner extends ProofSigner {
  constructor(private readonly keys: SigningKeys) {
    super();
  }

  async sign(payload: object): Promise<ProofSignature | null> {
    if (this.keys.fault() !== undefined) return null;
    const pair = this.keys.signing();
    const jws = await signJws({ alg: pair.algorithm, kid: pair.kid, typ: PROOF_TYPE }, payload, pair);
    const [header = '', , signature = ''] = jws.split('.');
    return { protected: header, signature, key: jwkOf(pair) };
  }
}
