/** A key nobody else makes. Without crypto.randomUUID on purpose: browsers hide it from pages served without TLS, as in a village without a certificate. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
