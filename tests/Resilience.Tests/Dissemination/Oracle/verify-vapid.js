// Reads {authorization, audience} from standard input, checks the VAPID token's signature with node's own crypto and prints its claims.
const crypto = require('crypto');

const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(input.authorization);
const [header, claims, signature] = token.split('.');
const point = Buffer.from(key, 'base64url');
const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
const valid = crypto.verify('sha256', Buffer.from(`${header}.${claims}`), { key: crypto.createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
process.stdout.write(JSON.stringify({ valid, header: JSON.parse(Buffer.from(header, 'base64url')), claims: JSON.parse(Buffer.from(claims, 'base64url')) }));
