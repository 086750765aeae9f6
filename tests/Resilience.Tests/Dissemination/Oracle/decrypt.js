// Reads {body, privateKey, publicKey, auth} (base64url) from standard input and prints what http_ece makes of the body.
const crypto = require('crypto');
const ece = require('http_ece');

const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const bytes = (text) => Buffer.from(text, 'base64url');
const key = crypto.createECDH('prime256v1');
key.setPrivateKey(bytes(input.privateKey));
const plain = ece.decrypt(bytes(input.body), { version: 'aes128gcm', privateKey: key, authSecret: input.auth });
process.stdout.write(JSON.stringify({ plain: plain.toString('base64url') }));
