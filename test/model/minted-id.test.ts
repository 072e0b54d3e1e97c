import { describe, expect, it } from 'vitest';
import { mintedId, mintedSourceId } from '../../src/model/minted-id.ts';

describe('minted ids', () => {
  it('are version 5 UUIDs as other implementations make them', () => {
    // uuid.uuid5(uuid.NAMESPACE_URL, 'http://www.example.com/') in Python
    expect(mintedSourceId('http://www.example.com/')).toBe('urn:uuid:fcde3c85-2270-590f-9e7c-ee003d65e0e2');
    expect(mintedId('http://www.example.com/', '42')).toBe('urn:uuid:b5b7265c-a7c9-5cf6-a4f0-43d88150989d');
  });

  it('differ where address and guid are divided otherwise', () => {
    expect(mintedId('http://a.example/x', 'y')).not.toBe(mintedId('http://a.example/', 'xy'));
  });
});
