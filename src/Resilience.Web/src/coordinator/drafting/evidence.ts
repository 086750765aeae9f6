/** Evidence of a draft as the server names it: `zone:ID:VERSION`, `assessment:ID`, `station:ID`, `alert:ID`. Station ids contain colons. */
export function evidenceIds(evidence: string[]): { zone: string | null; assessment: string | null; station: string | null; alert: string | null } {
  const find = (kind: string): string | null => evidence.find((e) => e.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? null;
  const zone = find('zone');
  return { zone: zone ? zone.split(':')[0]! : null, assessment: find('assessment'), station: find('station'), alert: find('alert') };
}
