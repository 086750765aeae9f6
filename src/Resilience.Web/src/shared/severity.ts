import type { CapSeverity, HazardLevel } from './api';

/** Worst first: the order of every list, legend and chooser. */
export const severities: readonly CapSeverity[] = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'];
export const severityRank = (severity: CapSeverity): number => severities.indexOf(severity);
export const worstFirst = (a: CapSeverity, b: CapSeverity): number => severityRank(a) - severityRank(b);

/** One ramp for alerts, gauges, incidents and tasks: a gauge's level wears the colour of this severity. None wears no colour. */
export const severityOfLevel: Record<HazardLevel, CapSeverity | null> = {
  None: null, Action: 'Minor', Minor: 'Moderate', Moderate: 'Severe', Major: 'Extreme',
};
export const levels: readonly HazardLevel[] = ['Major', 'Moderate', 'Minor', 'Action', 'None'];
export const levelRank = (level: HazardLevel): number => levels.indexOf(level);

/** CSS class that sets --fill, --on-fill, --outline and --tint from tokens.css. */
export const severityClass = (severity: CapSeverity | null): string => (severity ? `sev-${severity.toLowerCase()}` : 'sev-none');
